//! Which values the fields of a subscribe message take, by WeChat's documentation: a field's name says its kind.

/// Whether a field, such as `thing1`, takes a value.
#[must_use]
pub fn takes(field: &str, value: &str) -> bool {
    let kind = field.trim_end_matches(|c: char| c.is_ascii_digit());
    let characters = value.chars().count();
    let at_most = |most: usize| (1..=most).contains(&characters);
    let all = |fits: fn(char) -> bool| value.chars().all(fits);
    match kind {
        "thing" => at_most(20),
        "number" => at_most(32) && value.parse::<f64>().is_ok(),
        "letter" => at_most(32) && all(|c| c.is_ascii_alphabetic()),
        "symbol" => at_most(5) && all(|c| !c.is_alphanumeric()),
        "character_string" => at_most(32) && all(|c| c.is_ascii() && !c.is_ascii_control()),
        "time" | "date" => at_most(64) && value.split('~').all(is_time),
        "amount" => at_most(12) && value.chars().any(|c| c.is_ascii_digit()),
        "phone_number" => at_most(17) && all(|c| c.is_ascii_digit() || "+-".contains(c)),
        "car_number" => at_most(8),
        "name" => is_name(value, characters),
        "phrase" => at_most(5) && all(is_chinese),
        _ => false,
    }
}

/// At most ten Chinese characters, or twenty letters.
fn is_name(value: &str, characters: usize) -> bool {
    let most = if value.is_ascii() { 20 } else { 10 };
    (1..=most).contains(&characters)
        && value.chars().all(|c| is_chinese(c) || c.is_ascii_alphabetic() || " ·".contains(c))
}

/// Such as `2019年10月1日 15:01`, `2019-10-01 15:01` or `15:01`.
fn is_time(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || "年月日-/:. ".contains(c))
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_field_has_its_rule() {
        for (field, good, wrong) in [
            ("thing1", "我爱白龟湖", "一二三四五六七八九十一二三四五六七八九十一"),
            ("number2", "12.5", "十二"),
            ("letter3", "abc", "a1"),
            ("symbol1", "★", "ab"),
            ("character_string4", "A-1 b", "甲"),
            ("time5", "2019年10月1日 15:01", "明天"),
            ("time5", "2026-12-01 09:00~2026-12-01 11:00", "~"),
            ("date1", "2019年10月1日", "十月"),
            ("amount1", "￥12.50", "钱"),
            ("phone_number1", "+86-13800138000", "138 0013 8000"),
            ("car_number1", "豫D12345", "豫D12345678"),
            ("name1", "王小明", "王小明1"),
            ("name1", "Wang Xiaoming", "A name of more than twenty"),
            ("phrase3", "已通过", "已经通过了啊"),
        ] {
            assert!(takes(field, good), "{field} {good}");
            assert!(!takes(field, wrong), "{field} {wrong}");
            assert!(!takes(field, ""), "{field}: empty");
        }
        assert!(!takes("other1", "x"));
    }
}
