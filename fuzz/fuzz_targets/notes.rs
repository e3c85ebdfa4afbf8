//! Checkpoint notes and keys of logs: foreign text is refused, and so is a genuine note of which anything
//! that was signed was changed.
#![no_main]

use hourbook::journal::{LogKeys, LogVerifier, TreeHash, TreeHead, open_checkpoint};
use hourbook_fuzz::tampered;
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

fn head() -> TreeHead {
    TreeHead { size: 4711, root: TreeHash::of_leaf(b"the last of them") }
}

fn fixture() -> &'static (Vec<LogVerifier>, String) {
    static FIXTURE: OnceLock<(Vec<LogVerifier>, String)> = OnceLock::new();
    FIXTURE.get_or_init(|| {
        let keys = LogKeys::parse(&LogKeys::private_text("hours.example.org/log", &[7; 32]).unwrap()).unwrap();
        (keys.verifiers(), keys.sign(head()))
    })
}

fuzz_target!(|input: &[u8]| {
    let (verifiers, genuine) = fixture();
    if let Ok(text) = std::str::from_utf8(input) {
        assert!(open_checkpoint(text, verifiers).is_err() || text.starts_with(genuine.split("\n\n").next().unwrap()));
        let _refused = LogKeys::parse(text);
        if let Ok(verifier) = text.parse::<LogVerifier>() {
            assert_eq!(verifier.to_string().parse::<LogVerifier>().unwrap().to_string(), verifier.to_string());
        }
    }
    if let Some(note) = tampered(genuine, input) {
        // Whatever is taken says what was signed.
        if let Ok(opened) = open_checkpoint(&note, verifiers) {
            assert_eq!(opened, head(), "{note}");
        }
    }
});
