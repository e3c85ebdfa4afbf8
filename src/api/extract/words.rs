//! Faults of form in the API's own words: serde's name our types and repeat what was sent, which may be of a person.

/// What serde says is wrong with a value, as the API says it.
pub(super) fn plain(detail: &str) -> String {
    // The place in the text helps nobody who has the pointer.
    let detail = detail.rsplit_once(" at line ").map_or(detail, |(detail, _)| detail);
    let is_of_serde = |words: &str| detail.starts_with(words);
    if is_of_serde("invalid type: ") || is_of_serde("invalid value: ") || is_of_serde("invalid length ") {
        let expected = detail.rsplit_once(", expected ").map_or("", |(_, expected)| expected);
        return format!("expected {}", plain_type(expected));
    }
    if is_of_serde("unknown variant ") {
        let choices = detail.split_once(", expected ").map_or("", |(_, choices)| choices);
        let choices: Vec<String> =
            choices.split('`').skip(1).step_by(2).map(|choice| format!("`{choice}`")).collect();
        return format!("expected one of {}", choices.join(", "));
    }
    if is_of_serde("data did not match any variant") || is_of_serde("number out of range") {
        return format!("expected {}", plain_type(""));
    }
    detail.to_owned()
}

/// What a place asks for, without the names of our types.
fn plain_type(expected: &str) -> &str {
    let begins = |words: &[&str]| words.iter().any(|word| expected.starts_with(word));
    match expected {
        _ if begins(&["a whole number", "true or false", "one of "]) => expected,
        _ if begins(&["struct ", "a map", "map", "internally tagged", "adjacently tagged"]) => "an object",
        _ if begins(&["a sequence", "tuple", "an array"]) => "an array",
        _ if begins(&["a string", "string", "str", "a borrowed string", "a character"]) => "a text",
        _ if begins(&["a boolean", "bool"]) => "true or false",
        _ if begins(&["i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128", "usize"]) => {
            "a whole number"
        }
        _ if begins(&["f32", "f64"]) => "a number",
        _ => "a value of another type",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_of_the_parser_and_none_of_the_sender_is_left() {
        for (said, plainly) in [
            ("invalid type: string \"张三\", expected i64 at line 1 column 9", "expected a whole number"),
            ("invalid type: integer `5`, expected a string", "expected a text"),
            ("invalid type: sequence, expected struct Person", "expected an object"),
            ("invalid type: string \", expected u8\", expected a boolean", "expected true or false"),
            (
                "invalid value: integer `500`, expected a whole number from 1 to 200",
                "expected a whole number from 1 to 200",
            ),
            ("invalid type: null, expected whatever serde calls it", "expected a value of another type"),
            ("unknown variant `shop`, expected one of `school`, `team`", "expected one of `school`, `team`"),
            ("unknown variant `shop`, expected `school` or `team`", "expected one of `school`, `team`"),
            ("data did not match any variant of untagged enum Wrap", "expected a value of another type"),
            ("missing field `name`", "missing field `name`"),
            ("must not be empty at line 2 column 1", "must not be empty"),
        ] {
            assert_eq!(plain(said), plainly);
        }
    }
}
