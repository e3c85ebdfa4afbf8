//! Canonical JSON (RFC 8785) for the values that the journal holds: objects, arrays, texts, whole
//! numbers, booleans, null. The form has no floats, so that numbers need no further care.

use serde::Serialize;
use serde_json::Value;

/// The canonical text of a value: keys in order of their code units, no white space.
///
/// Fails only for values that JSON cannot hold, such as maps with keys that are no texts.
pub fn to_canonical_json<T: Serialize>(value: &T) -> serde_json::Result<String> {
    let mut out = String::new();
    write(&serde_json::to_value(value)?, &mut out)?;
    Ok(out)
}

fn write(value: &Value, out: &mut String) -> serde_json::Result<()> {
    match value {
        Value::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
            out.push('{');
            for (at, (key, member)) in sorted.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                out.push_str(&serde_json::to_string(key)?);
                out.push(':');
                write(member, out)?;
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out)?;
            }
            out.push(']');
        }
        scalar => out.push_str(&serde_json::to_string(scalar)?),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_sorted_by_utf_16_code_units_at_every_depth() {
        let value = json!({"b": 1, "a": {"\u{e000}": 1, "\u{10000}": 2}, "c": ["x", null, true]});
        assert_eq!(
            to_canonical_json(&value).unwrap(),
            "{\"a\":{\"\u{10000}\":2,\"\u{e000}\":1},\"b\":1,\"c\":[\"x\",null,true]}"
        );
    }

    #[test]
    fn texts_are_escaped_as_the_rfc_says() {
        assert_eq!(to_canonical_json(&"\u{8}\n\u{1}\"\\/é志").unwrap(), "\"\\b\\n\\u0001\\\"\\\\/é志\"");
    }
}
