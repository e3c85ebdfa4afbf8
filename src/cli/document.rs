//! An identity document on the command line, as kind:number.

use super::words;
use crate::domain::identity::{DocumentKind, IdentityDocument};
use crate::domain::operator::OperatorIdentity;
use crate::journal::commit;
use crate::store::vault::Vault;
use strum::VariantArray;

/// Reads one.
pub(super) fn document(text: &str) -> Result<IdentityDocument, String> {
    let known = || {
        let kinds: Vec<&str> = DocumentKind::VARIANTS.iter().map(DocumentKind::into_str).collect();
        format!("expected KIND:NUMBER, the kind one of {}", kinds.join(", "))
    };
    let (kind, number) = text.split_once(':').ok_or_else(known)?;
    let kind =
        DocumentKind::VARIANTS.iter().copied().find(|known| known.into_str() == kind).ok_or_else(known)?;
    IdentityDocument::by_itself(kind, number).map_err(words)
}

/// The document as it is kept beside the journal.
pub(super) fn identified(vault: &Vault, document: IdentityDocument) -> Result<OperatorIdentity, String> {
    let (index, salt) = (vault.identity_index(&document), vault.salt().map_err(words)?);
    Ok(OperatorIdentity { document: commit(document, salt).map_err(words)?, index })
}
