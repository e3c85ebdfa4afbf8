//! Answers as they are kept under idempotency keys (幂等键): they are replayed for ever, so their form outlives the
//! program that wrote them.
//!
//! A kept text says the number of its form, and the answer: `{"form":2,"answer":…}`. How a thing stands within is
//! said by its noun's `kept.rs`, a refusal's members by its line of `refusals!`. The present form is written; every
//! former one is read, brought to the present one step by step. A new form is a number more in [`FORM`], a step more
//! in [`UPGRADES`], and golden texts (`tests/golden/README.md`).

use super::request::Answer;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The form that is written. The first ones, of before December 2026, have no number.
const FORM: usize = 2;

/// What makes a text of each former form, the first at the start, one of the next.
const UPGRADES: [fn(Value) -> Value; FORM - 1] = [numbered];

/// Why a kept answer cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum KeptAnswerError {
    /// It has a form that this program does not know.
    #[error("a kept answer has form {form}; this program knows forms 1 to {FORM}")]
    UnknownForm { form: usize },
    /// It does not have the form that it says.
    #[error("a kept answer does not have its form: {0}")]
    Malformed(#[from] serde_json::Error),
}

impl Answer {
    /// The text that is kept.
    pub fn to_kept(&self) -> Result<String, KeptAnswerError> {
        #[derive(Serialize)]
        struct Kept<'a> {
            form: usize,
            answer: &'a Answer,
        }
        Ok(serde_json::to_string(&Kept { form: FORM, answer: self })?)
    }

    /// The answer that was kept in any form so far.
    pub fn from_kept(text: &str) -> Result<Self, KeptAnswerError> {
        #[derive(Deserialize)]
        struct Kept {
            answer: Answer,
        }
        let kept: Kept = match form_of(text)? {
            FORM => serde_json::from_str(text)?,
            former @ 1..FORM => {
                let steps = UPGRADES.iter().skip(former - 1);
                serde_json::from_value(steps.fold(serde_json::from_str(text)?, |text, step| step(text)))?
            }
            form => return Err(KeptAnswerError::UnknownForm { form }),
        };
        Ok(kept.answer)
    }
}

fn form_of(text: &str) -> Result<usize, KeptAnswerError> {
    #[derive(Deserialize)]
    struct Numbered {
        #[serde(default = "first")]
        form: usize,
    }
    const fn first() -> usize {
        1
    }
    Ok(serde_json::from_str::<Numbered>(text)?.form)
}

/// From form 1, the answer alone, to form 2.
fn numbered(answer: Value) -> Value {
    Value::Object(Map::from_iter([("answer".to_owned(), answer)]))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const NOTHING_DONE: &str = r#"{"form":2,"answer":{"bulk":[]}}"#;

    #[test]
    fn the_present_form_has_its_number() {
        let answer = Answer::Bulk(Vec::new());
        assert_eq!(answer.to_kept().unwrap(), NOTHING_DONE);
        assert_eq!(Answer::from_kept(NOTHING_DONE).unwrap(), answer);
    }

    #[test]
    fn the_first_form_has_none() {
        assert_eq!(Answer::from_kept(r#"{"bulk":[]}"#).unwrap(), Answer::Bulk(Vec::new()));
    }

    #[test]
    fn another_form_is_not_guessed_at() {
        for (text, form) in [(r#"{"form":0,"bulk":[]}"#, 0), (r#"{"form":3,"answer":{"bulk":[]}}"#, 3)] {
            let Err(KeptAnswerError::UnknownForm { form: told }) = Answer::from_kept(text) else {
                panic!("{text} was read")
            };
            assert_eq!(told, form);
        }
        for text in ["", "[]", r#"{"form":2,"bulk":[]}"#, r#"{"answer":{"bulk":[]}}"#] {
            assert!(matches!(Answer::from_kept(text), Err(KeptAnswerError::Malformed(_))), "{text}");
        }
    }
}
