//! What the targets share: something genuine with some of its bytes changed.

/// The bytes with some replaced: each pair of the input names a place and what stands there.
#[must_use]
pub fn tampered(genuine: &str, edits: &[u8]) -> Option<String> {
    let mut bytes = genuine.as_bytes().to_vec();
    for edit in edits.chunks_exact(3) {
        let place = usize::from(u16::from_le_bytes([edit[0], edit[1]])) % bytes.len();
        bytes[place] = edit[2];
    }
    String::from_utf8(bytes).ok()
}
