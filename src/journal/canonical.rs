//! Canonical JSON (RFC 8785) for the values that the journal holds: objects, arrays, texts, whole
//! numbers, booleans, null. There are no floats, so that numbers need no further care.

use serde::ser::{self, Error as _, Serialize};
use serde_json::{Error, Result, Value};
use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;

/// The canonical text of a value: keys in order of their code units, no white space.
///
/// Fails only for values that have no such form, such as floats and maps with keys that are no texts.
pub fn to_canonical_json<T: Serialize + ?Sized>(value: &T) -> Result<String> {
    let mut out = String::with_capacity(USUAL_BYTES);
    value.serialize(Canonical { out: &mut out })?;
    Ok(out)
}

/// Most entries have fewer.
const USUAL_BYTES: usize = 2_048;

/// Writes a value at the end of a text.
struct Canonical<'o> {
    out: &'o mut String,
}

impl<'o> Canonical<'o> {
    fn whole_number(self, number: impl std::fmt::Display) -> Result<()> {
        write!(self.out, "{number}").map_err(Error::custom)
    }

    fn word(self, word: &str) {
        self.out.push_str(word);
    }

    fn items(self, closing: &'static str) -> Items<'o> {
        self.out.push('[');
        Items { out: self.out, is_first: true, closing }
    }

    fn members(self, capacity: usize, closing: &'static str) -> Members<'o> {
        let start = self.out.len();
        Members { out: self.out, start, places: Vec::with_capacity(capacity), name: None, closing }
    }

    /// Begins an object of one member, which its only value is to end with a brace.
    fn named(self, name: &str) -> Result<Self> {
        self.out.push('{');
        write_text(name, self.out)?;
        self.out.push(':');
        Ok(self)
    }
}

/// RFC 8785, section 3.2.2.2, whose escapes are those of `serde_json`.
fn write_text(text: &str, out: &mut String) -> Result<()> {
    if text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&serde_json::to_string(text)?);
    }
    Ok(())
}

/// An array under way.
struct Items<'o> {
    out: &'o mut String,
    is_first: bool,
    closing: &'static str,
}

impl Items<'_> {
    fn add<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<()> {
        if !std::mem::take(&mut self.is_first) {
            self.out.push(',');
        }
        item.serialize(Canonical { out: self.out })
    }

    fn close(self) {
        self.out.push_str(self.closing);
    }
}

/// An object under way: its values stand in `out` from `start` on, in the order in which they came.
struct Members<'o> {
    out: &'o mut String,
    start: usize,
    places: Vec<(Cow<'static, str>, Range<usize>)>,
    /// The name of the member that comes next, in a map.
    name: Option<String>,
    closing: &'static str,
}

impl Members<'_> {
    fn add<T: Serialize + ?Sized>(&mut self, name: Cow<'static, str>, value: &T) -> Result<()> {
        let from = self.out.len() - self.start;
        value.serialize(Canonical { out: self.out })?;
        self.places.push((name, from..self.out.len() - self.start));
        Ok(())
    }

    /// RFC 8785, section 3.2.3: members in the order of their names' UTF-16 code units.
    fn close(mut self) -> Result<()> {
        self.places.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
        let values = self.out.split_off(self.start);
        self.out.push('{');
        for (at, (name, value)) in self.places.into_iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            write_text(&name, self.out)?;
            self.out.push(':');
            self.out.push_str(values.get(value).unwrap_or_default());
        }
        self.out.push_str(self.closing);
        Ok(())
    }
}

macro_rules! whole_numbers {
    ($($method:ident: $number:ty;)*) => {$(
        fn $method(self, number: $number) -> Result<()> {
            self.whole_number(number)
        }
    )*};
}

impl<'o> ser::Serializer for Canonical<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Items<'o>;
    type SerializeTuple = Items<'o>;
    type SerializeTupleStruct = Items<'o>;
    type SerializeTupleVariant = Items<'o>;
    type SerializeMap = Members<'o>;
    type SerializeStruct = Members<'o>;
    type SerializeStructVariant = Members<'o>;

    whole_numbers! {
        serialize_i8: i8;
        serialize_i16: i16;
        serialize_i32: i32;
        serialize_i64: i64;
        serialize_u8: u8;
        serialize_u16: u16;
        serialize_u32: u32;
        serialize_u64: u64;
    }

    fn serialize_f32(self, _: f32) -> Result<()> {
        Err(Error::custom("a float has no place in the journal"))
    }

    fn serialize_f64(self, _: f64) -> Result<()> {
        Err(Error::custom("a float has no place in the journal"))
    }

    fn serialize_bool(self, is: bool) -> Result<()> {
        self.word(if is { "true" } else { "false" });
        Ok(())
    }

    fn serialize_char(self, letter: char) -> Result<()> {
        write_text(letter.encode_utf8(&mut [0; 4]), self.out)
    }

    fn serialize_str(self, text: &str) -> Result<()> {
        write_text(text, self.out)
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<()> {
        bytes.serialize(self)
    }

    fn serialize_none(self) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<()> {
        self.word("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        write_text(variant, self.out)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<()> {
        let Self { out } = self.named(variant)?;
        value.serialize(Canonical { out })?;
        out.push('}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'o>> {
        Ok(self.items("]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Items<'o>> {
        Ok(self.items("]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items<'o>> {
        Ok(self.items("]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Items<'o>> {
        Ok(self.named(variant)?.items("]}"))
    }

    fn serialize_map(self, size: Option<usize>) -> Result<Members<'o>> {
        Ok(self.members(size.unwrap_or_default(), "}"))
    }

    fn serialize_struct(self, _: &'static str, size: usize) -> Result<Members<'o>> {
        Ok(self.members(size, "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        size: usize,
    ) -> Result<Members<'o>> {
        Ok(self.named(variant)?.members(size, "}}"))
    }
}
macro_rules! arrays {
    ($($kind:ident.$add:ident;)*) => {$(
        impl ser::$kind for Items<'_> {
            type Ok = ();
            type Error = Error;

            fn $add<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<()> {
                self.add(item)
            }

            fn end(self) -> Result<()> {
                self.close();
                Ok(())
            }
        }
    )*};
}

arrays! {
    SerializeSeq.serialize_element;
    SerializeTuple.serialize_element;
    SerializeTupleStruct.serialize_field;
    SerializeTupleVariant.serialize_field;
}

macro_rules! objects {
    ($($kind:ident)*) => {$(
        impl ser::$kind for Members<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<()> {
                self.add(Cow::Borrowed(name), value)
            }

            fn end(self) -> Result<()> {
                self.close()
            }
        }
    )*};
}

objects! { SerializeStruct SerializeStructVariant }

impl ser::SerializeMap for Members<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        match serde_json::to_value(key)? {
            Value::String(name) => self.name = Some(name),
            other => return Err(Error::custom(format!("{other} is no name of a member"))),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let name = self.name.take().ok_or_else(|| Error::custom("a member has no name"))?;
        self.add(Cow::Owned(name), value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
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
    fn each_shape_of_a_value_has_its_canonical_form() {
        #[derive(serde::Serialize)]
        enum Shape {
            Nothing,
            One(i64),
            Two(u8, bool),
            Named { z: Option<char>, a: () },
        }
        let named = Shape::Named { z: Some('志'), a: () };
        let shapes = [Shape::Nothing, Shape::One(-1), Shape::Two(2, true), named];
        assert_eq!(
            to_canonical_json(&shapes).unwrap(),
            r#"["Nothing",{"One":-1},{"Two":[2,true]},{"Named":{"a":null,"z":"志"}}]"#
        );
        assert!(to_canonical_json(&0.5).is_err());
        assert!(to_canonical_json(&std::collections::BTreeMap::from([(1, 2)])).is_err());
    }

    #[test]
    fn texts_are_escaped_as_the_rfc_says() {
        assert_eq!(to_canonical_json(&"\u{8}\n\u{1}\"\\/é志").unwrap(), "\"\\b\\n\\u0001\\\"\\\\/é志\"");
    }
}
