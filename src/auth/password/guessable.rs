//! Passwords that are tried first: what many people take, rows of a keyboard, the same again and again, the own login.
//!
//! The list is ours and short: of long passwords nearly all that are common are a common word, or a run of characters,
//! with figures, signs or itself around it. Such a thing is taken off, and what is left has to be a password by itself.

use std::collections::BTreeSet;

/// Fewest characters that must be left of a password once what is common is taken off.
const CHARS_LEFT_MIN: usize = 6;
/// Fewest characters of a run, such as `abcd` or `7654`, that count as one thing.
const RUN_CHARS_MIN: usize = 4;
/// Fewest different characters.
const DIFFERENT_CHARS_MIN: usize = 5;

/// What common passwords are made of, in small letters, the longer before what they hold.
const COMMON: &[&str] = &[
    // Words for a password and for who has it, in English, pinyin and Chinese.
    "administrator",
    "adminadmin",
    "password",
    "passwort",
    "passw0rd",
    "passwd",
    "admin",
    "root",
    "login",
    "logon",
    "letmein",
    "welcome",
    "default",
    "changeme",
    "secret",
    "master",
    "manager",
    "service",
    "system",
    "server",
    "guest",
    "user",
    "test",
    "demo",
    "temp",
    "hello",
    "iloveyou",
    "woaini",
    "woaiwojia",
    "wodemima",
    "mima",
    "mimashi",
    "guanliyuan",
    "zhiyuanzhe",
    "zhiyuan",
    "fuwu",
    "volunteer",
    "hourbook",
    "zhongguo",
    "beijing",
    "china",
    "pingdingshan",
    "jiaoyuju",
    "laoshi",
    "xuexiao",
    "school",
    "teacher",
    "我爱你",
    "我爱我家",
    "密码",
    "我的密码",
    "管理员",
    "志愿者",
    "志愿服务",
    "平顶山",
    "教育局",
    "教育体育局",
    "中国",
    "你好",
    // What else leads the lists of leaked ones.
    "sunshine",
    "princess",
    "football",
    "baseball",
    "superman",
    "batman",
    "dragon",
    "monkey",
    "shadow",
    "michael",
    "jordan",
    "trustno",
    "whatever",
    "starwars",
    "computer",
    "internet",
    "samsung",
    "google",
    "liverpool",
    "chelsea",
    "arsenal",
    "abc",
    "qazwsxedc",
    "qazwsx",
    "1qaz2wsx3edc",
    "1qaz2wsx",
    "1q2w3e4r5t",
    "1q2w3e4r",
    "q1w2e3r4",
    "zaq12wsx",
    "asdzxc",
    "5201314",
    "1314520",
    "520",
    "1314",
    "666",
    "888",
];

/// Rows that fingers run along.
const ROWS: &[&str] = &[
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "qwertzuiop",
    "azertyuiop",
    "!@#$%^&*()",
    "~!@#$%^&*()_+",
    "一二三四五六七八九十",
];

/// Whether somebody would guess it early who knows the login. Both are brought to one form before.
pub(super) fn is_guessable(password: &str, login: &str) -> bool {
    let password = plain(password);
    let login = plain(login);
    let different: BTreeSet<char> = password.chars().collect();
    if different.len() < DIFFERENT_CHARS_MIN || is_repeated(&password) {
        return true;
    }
    let mut left = password;
    if login.chars().count() >= 3 {
        left = left.replace(&login, "");
    }
    left = without_runs(&left);
    for common in COMMON {
        left = left.replace(common, "");
    }
    let letters = left.chars().filter(|character| character.is_alphabetic()).count();
    // Figures and signs around a common word add little, a year or a date among them.
    left.chars().count() < CHARS_LEFT_MIN || letters == 0 && left.chars().count() <= 2 * CHARS_LEFT_MIN
}

/// Without what makes no difference to who guesses: capitals, spaces, figures and signs that stand for letters.
fn plain(text: &str) -> String {
    text.to_lowercase().chars().filter(|character| !character.is_whitespace()).collect()
}

/// Whether it is a shorter text several times.
fn is_repeated(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    let length = characters.len();
    (1..=length / 2).any(|period| {
        length.is_multiple_of(period)
            && characters.iter().enumerate().all(|(at, c)| *c == characters[at % period])
    })
}

/// The text without the runs along a row, forwards or backwards.
fn without_runs(text: &str) -> String {
    let rows: Vec<Vec<char>> = ROWS
        .iter()
        .flat_map(|row| [row.chars().collect::<Vec<char>>(), row.chars().rev().collect()])
        .collect();
    let characters: Vec<char> = text.chars().collect();
    let run_at = |start: usize| {
        let longest = |row: &Vec<char>| {
            let from = |place: usize| {
                characters[start..].iter().zip(&row[place..]).take_while(|(is, along)| is == along).count()
            };
            (0..row.len()).map(from).max().unwrap_or_default()
        };
        rows.iter().map(longest).max().unwrap_or_default()
    };
    let (mut left, mut at) = (String::new(), 0);
    while at < characters.len() {
        match run_at(at) {
            run if run >= RUN_CHARS_MIN => at += run,
            _ => {
                left.push(characters[at]);
                at += 1;
            }
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tried_first_is_found() {
        for guessable in [
            "123456789012",
            "aaaaaaaaaaaa",
            "password1234",
            "Password2026!",
            "qwertyuiop[]",
            "qwertyuiop12",
            "passwordpassword",
            "1qaz2wsx3edc",
            "adminadmin123",
            "woaini1314520",
            "abcabcabcabc",
            "abcdefghijkl",
            "987654321098",
            "volunteer2026",
            "hourbook-2026",
            "zhiyuanzhe2026",
            "密码密码密码密码密码密码",
            "我的密码123456789",
            "zhou20261130",
            "zhou-zhou-zhou",
            "zhouzhou123456",
            "z h o u 1 2 3 4 5 6",
            "ZHOU!@#$%^&*()",
        ] {
            assert!(is_guessable(guessable, "zhou"), "{guessable}");
        }
    }

    #[test]
    fn what_nobody_tries_first_is_taken() {
        for good in [
            "correct horse battery staple",
            "correct horse 电池",
            "a pass for the river",
            "湛河边的柳树绿了又绿啊啊",
            "vK7-mqW2-x9Rt",
            "7391846205173",
            "ein kleiner Vogel",
            "zhou mag keine Gurken",
        ] {
            assert!(!is_guessable(good, "zhou"), "{good}");
        }
    }

    #[test]
    fn the_list_is_in_the_form_that_passwords_are_compared_in() {
        for text in COMMON.iter().chain(ROWS) {
            assert_eq!(plain(text), **text);
        }
    }
}
