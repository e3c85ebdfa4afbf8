//! Closed choices: an enum whose variants are known by one name each, on the wire, in the store and in files.

/// Declares a closed choice. strum writes each variant's name in snake case, and hands out its doc comment as the
/// meaning that the specification shows; serde takes the same names.
macro_rules! choice {
    ($(#[$about:meta])* pub enum $Choice:ident { $($(#[$meaning:meta])* $Variant:ident,)+ }) => {
        $(#[$about])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
            strum::Display, strum::EnumMessage, strum::IntoStaticStr, strum::VariantArray,
        )]
        #[serde(rename_all = "snake_case")]
        #[strum(serialize_all = "snake_case", const_into_str)]
        pub enum $Choice {
            $($(#[$meaning])* $Variant,)+
        }
    };
}
pub(super) use choice;
