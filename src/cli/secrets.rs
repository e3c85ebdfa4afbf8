//! The service's secrets: from the environment or files, or made on the first start of the embedded
//! default, beside an empty ledger. With PostgreSQL they must be given: replicas that made their own could not read
//! each other's tokens and people.

use crate::auth::{BadgeKeys, TokenKeys};
use crate::journal::{LogKeys, LogVerifier, NoteError};
use crate::store::key_checks::{self, KeyCheck, KeyKind, KeysAtHand};
use crate::store::vault::{SecretKey, Vault};
use clap::Args;
use data_encoding::HEXLOWER;
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Where the secrets come from.
#[derive(Args, Clone, Debug)]
pub struct SecretOptions {
    /// Ed25519 private key that signs tokens, PKCS#8 PEM (`openssl genpkey -algorithm ed25519`)
    #[arg(long, env = "HOURBOOK_TOKEN_KEY_FILE", value_name = "FILE")]
    token_key_file: Option<PathBuf>,

    /// Public keys (SPKI PEM) of earlier signing keys, whose tokens are still accepted
    #[arg(long, env = "HOURBOOK_PREVIOUS_TOKEN_KEY_FILES", value_name = "FILE", value_delimiter = ',')]
    previous_token_key_files: Vec<PathBuf>,

    #[command(flatten)]
    vault: VaultOptions,

    /// Keys that sign the journal's checkpoints, one a line, as `hourbook log-key` prints them; two while
    /// one replaces the other
    #[arg(long, env = "HOURBOOK_LOG_KEY_FILE", value_name = "FILE")]
    log_key_file: Option<PathBuf>,

    /// RSA private key that signs certificates as badges, PKCS#8 PEM (`openssl genpkey -algorithm rsa
    /// -pkeyopt rsa_keygen_bits:3072`); with PostgreSQL there are no badges without it
    #[arg(long, env = "HOURBOOK_BADGE_KEY_FILE", value_name = "FILE")]
    badge_key_file: Option<PathBuf>,

    /// Public keys (SPKI PEM) of earlier badge keys, still published so that old badges can be verified
    #[arg(long, env = "HOURBOOK_PREVIOUS_BADGE_KEY_FILES", value_name = "FILE", value_delimiter = ',')]
    previous_badge_key_files: Vec<PathBuf>,
}

/// Where the keys come from of what is kept beside the journal, and of the seals of batches.
#[derive(Args, Clone, Debug)]
pub struct VaultOptions {
    /// Key that encrypts personal data: 32 bytes as hex or base64
    #[arg(long, env = "HOURBOOK_ENCRYPTION_KEY_FILE", value_name = "FILE")]
    encryption_key_file: Option<PathBuf>,

    /// Earlier encryption keys, which still decrypt old data
    #[arg(long, env = "HOURBOOK_PREVIOUS_ENCRYPTION_KEY_FILES", value_name = "FILE", value_delimiter = ',')]
    previous_encryption_key_files: Vec<PathBuf>,

    /// Key of blind indexes and codes: 32 bytes as hex or base64; must never change
    #[arg(long, env = "HOURBOOK_BLIND_INDEX_KEY_FILE", value_name = "FILE")]
    blind_index_key_file: Option<PathBuf>,
}

impl VaultOptions {
    fn load(&self, data_dir: &Path, making: Making) -> Result<Vault, String> {
        let place =
            |given: &Option<PathBuf>, name: &str| given.clone().unwrap_or_else(|| data_dir.join(name));
        let may_make = |given: &Option<PathBuf>| making.is_allowed() && given.is_none();
        let encryption = secret_key(
            &place(&self.encryption_key_file, "encryption.key"),
            ENCRYPTION_KEY,
            may_make(&self.encryption_key_file),
        )?;
        let blind_index = secret_key(
            &place(&self.blind_index_key_file, "blind-index.key"),
            BLIND_INDEX_KEY,
            may_make(&self.blind_index_key_file),
        )?;
        let mut vault = Vault::new(&encryption, &blind_index);
        for file in &self.previous_encryption_key_files {
            vault = vault.with_previous(&parse_key(file, &read(file)?)?);
        }
        Ok(vault)
    }

    /// The vault, if both keys are named or at hand: for who checks and must not make any.
    pub fn load_if_there(&self, data_dir: &Path) -> Result<Option<Vault>, String> {
        let is_there = |given: &Option<PathBuf>, variable: &str, name: &str| {
            given.is_some() || std::env::var(variable).is_ok() || data_dir.join(name).exists()
        };
        let are_there = is_there(&self.encryption_key_file, ENCRYPTION_KEY, "encryption.key")
            && is_there(&self.blind_index_key_file, BLIND_INDEX_KEY, "blind-index.key");
        if are_there { self.load(data_dir, Making::Refused).map(Some) } else { Ok(None) }
    }
}

const ENCRYPTION_KEY: &str = "HOURBOOK_ENCRYPTION_KEY";
const BLIND_INDEX_KEY: &str = "HOURBOOK_BLIND_INDEX_KEY";

/// Whether keys that are missing are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Making {
    Allowed,
    /// Beside what others made they would only do harm.
    Refused,
}

impl Making {
    const fn is_allowed(self) -> bool {
        matches!(self, Self::Allowed)
    }
}

/// The secrets, ready to be used.
#[derive(Debug)]
pub struct Secrets {
    pub token_keys: TokenKeys,
    pub vault: Vault,
    pub log_keys: LogKeys,
    /// None if there are no badges.
    pub badge_keys: Option<BadgeKeys>,
}

impl Secrets {
    /// By what these keys are known again.
    pub fn at_hand(&self) -> Vec<KeysAtHand> {
        let [encryption, blind_index] = key_checks::of_vault(&self.vault);
        let named = |kind, kids: &mut dyn Iterator<Item = &str>| {
            let mut checks = kids.map(KeyCheck::of_public);
            KeysAtHand { kind, current: checks.next().into_iter().collect(), previous: checks.collect() }
        };
        let log = self.log_keys.verifiers().iter().map(|key| KeyCheck::of_public(&key.to_string())).collect();
        let mut all = vec![
            encryption,
            blind_index,
            named(KeyKind::Token, &mut self.token_keys.kids()),
            KeysAtHand { kind: KeyKind::Log, current: log, previous: Vec::new() },
        ];
        all.extend(self.badge_keys.as_ref().map(|keys| named(KeyKind::Badge, &mut keys.kids())));
        all
    }
}

impl SecretOptions {
    /// The files that are named and hold secrets.
    pub fn files(&self) -> Vec<PathBuf> {
        let vault = &self.vault;
        let single = [
            &self.token_key_file,
            &self.log_key_file,
            &self.badge_key_file,
            &vault.encryption_key_file,
            &vault.blind_index_key_file,
        ];
        single.into_iter().flatten().chain(&vault.previous_encryption_key_files).cloned().collect()
    }

    /// The text of each secret, by the name of its file in a data folder; those of before under names of their own.
    pub fn texts(&self, data_dir: &Path) -> Result<Vec<(String, String)>, String> {
        let vault = &self.vault;
        let mut texts = Vec::new();
        for (given, name, variable) in [
            (&vault.encryption_key_file, "encryption.key", ENCRYPTION_KEY),
            (&vault.blind_index_key_file, "blind-index.key", BLIND_INDEX_KEY),
            (&self.token_key_file, "token-key.pem", "HOURBOOK_TOKEN_KEY"),
            (&self.log_key_file, "log-key", "HOURBOOK_LOG_KEY"),
            (&self.badge_key_file, "badge-key.pem", "HOURBOOK_BADGE_KEY"),
        ] {
            let file = given.clone().unwrap_or_else(|| data_dir.join(name));
            let is_there = file.exists() || std::env::var(variable).is_ok();
            if is_there || variable != "HOURBOOK_BADGE_KEY" {
                let none_is_made = || Err(format!("{} does not exist", file.display()));
                texts.push((name.to_owned(), read_or_make(&file, variable, false, none_is_made)?));
            }
        }
        for (files, name) in [
            (&vault.previous_encryption_key_files, "previous-encryption.key"),
            (&self.previous_token_key_files, "previous-token-key.pem"),
            (&self.previous_badge_key_files, "previous-badge-key.pem"),
        ] {
            for (number, file) in (1..).zip(files) {
                texts.push((format!("{number}-{name}"), read(file)?));
            }
        }
        Ok(texts)
    }

    /// Reads the secrets, and makes those that are missing where that is allowed.
    pub fn load(&self, data_dir: &Path, making: Making) -> Result<Secrets, String> {
        let place =
            |given: &Option<PathBuf>, name: &str| given.clone().unwrap_or_else(|| data_dir.join(name));
        let may_make = |given: &Option<PathBuf>| making.is_allowed() && given.is_none();

        let token_file = place(&self.token_key_file, "token-key.pem");
        let token_pem =
            read_or_make(&token_file, "HOURBOOK_TOKEN_KEY", may_make(&self.token_key_file), || {
                TokenKeys::generate_pem().map_err(|error| error.to_string())
            })?;
        let mut token_keys = TokenKeys::from_pem(&token_pem).map_err(|error| in_file(&token_file, &error))?;
        for file in &self.previous_token_key_files {
            token_keys = token_keys.with_previous(&read(file)?).map_err(|error| in_file(file, &error))?;
        }

        let vault = self.vault.load(data_dir, making)?;
        let badge_keys = self.badge_keys(&place(&self.badge_key_file, "badge-key.pem"), making)?;
        Ok(Secrets { token_keys, vault, log_keys: self.log_keys(data_dir, making)?, badge_keys })
    }

    /// The one secret that is optional with PostgreSQL: without it there are no badges.
    fn badge_keys(&self, file: &Path, making: Making) -> Result<Option<BadgeKeys>, String> {
        let is_named = self.badge_key_file.is_some();
        if !making.is_allowed() && !is_named && !file.exists() && std::env::var("HOURBOOK_BADGE_KEY").is_err()
        {
            return Ok(None);
        }
        let pem = read_or_make(file, "HOURBOOK_BADGE_KEY", making.is_allowed() && !is_named, || {
            BadgeKeys::generate_pem().map_err(|error| error.to_string())
        })?;
        let mut keys = BadgeKeys::from_pem(&pem).map_err(|error| in_file(file, &error))?;
        for file in &self.previous_badge_key_files {
            keys = keys.with_previous(&read(file)?).map_err(|error| in_file(file, &error))?;
        }
        Ok(Some(keys))
    }

    /// The keys that sign the journal's checkpoints.
    pub fn log_keys(&self, data_dir: &Path, making: Making) -> Result<LogKeys, String> {
        let file = self.log_key_file.clone().unwrap_or_else(|| data_dir.join("log-key"));
        let may_make = making.is_allowed() && self.log_key_file.is_none();
        let text = read_or_make(&file, "HOURBOOK_LOG_KEY", may_make, || {
            let name = HEXLOWER.encode(&random::<4>()?);
            new_log_key(&format!("localhost/hourbook-{name}"))
        })?;
        LogKeys::parse(&text).map_err(|error| in_file(&file, &error))
    }
}

/// Where the last checkpoint that was signed here is kept, apart from the database.
#[must_use]
pub fn log_memory(data_dir: &Path) -> PathBuf {
    data_dir.join("log-checkpoint")
}

/// The public keys of the log that were used with this folder, one a line.
pub const PUBLIC_KEYS_FILE: &str = "log-keys.pub";

/// Adds public keys that are not there yet: earlier checkpoints are checked with earlier keys.
pub fn keep_public_keys(data_dir: &Path, keys: &LogKeys) -> Result<(), String> {
    let file = data_dir.join(PUBLIC_KEYS_FILE);
    let mut known = if file.exists() { read(&file)? } else { String::new() };
    for key in keys.verifiers() {
        let line = format!("{key}\n");
        if !known.contains(&line) {
            known += &line;
            fs::write(&file, &known).map_err(|error| in_file(&file, &error))?;
        }
    }
    Ok(())
}

/// The public keys of the log: of the named file, else those that were used with this folder, if any.
pub fn public_keys(data_dir: &Path, named: Option<&Path>) -> Result<Vec<LogVerifier>, String> {
    let seen = data_dir.join(PUBLIC_KEYS_FILE);
    let file = match named {
        Some(file) => file,
        None if seen.exists() => &seen,
        None => return Ok(Vec::new()),
    };
    let text = read(file)?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| line.parse().map_err(|error: NoteError| in_file(file, &error))).collect()
}

/// The text of a new key for the log of this name.
pub fn new_log_key(origin: &str) -> Result<String, String> {
    LogKeys::private_text(origin, &random()?).map_err(|error| format!("{origin}: {error}"))
}

pub(super) fn random<const N: usize>() -> Result<[u8; N], String> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}

fn secret_key(file: &Path, variable: &str, may_make: bool) -> Result<SecretKey, String> {
    let text = read_or_make(file, variable, may_make, || {
        SecretKey::generate().map(|key| key.expose_hex()).map_err(|error| error.to_string())
    })?;
    parse_key(file, &text)
}

fn parse_key(file: &Path, text: &str) -> Result<SecretKey, String> {
    text.trim().parse().map_err(|error| in_file(file, &error))
}

fn in_file(file: &Path, error: &dyn std::fmt::Display) -> String {
    format!("{}: {error}", file.display())
}

fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| in_file(file, &error))
}

/// The value of the variable, else of the file, else a new one that is written to the file.
pub(super) fn read_or_make(
    file: &Path,
    variable: &str,
    may_make: bool,
    make: impl FnOnce() -> Result<String, String>,
) -> Result<String, String> {
    if let Ok(value) = std::env::var(variable) {
        return Ok(value);
    }
    if file.exists() {
        return read(file);
    }
    if !may_make {
        return Err(format!(
            "{} does not exist. With PostgreSQL, where a file is named, and beside a ledger that is not empty, \
             secrets are not made up: put the ledger's own there (it is in each backup), or give {variable}, or \
             {variable}_FILE. `scripts/make-secrets` writes a set for a new ledger.",
            file.display()
        ));
    }
    let value = make()?;
    let mut options = fs::OpenOptions::new();
    let opened = options.write(true).create_new(true).mode(0o600).open(file);
    opened
        .and_then(|mut new| writeln!(new, "{}", value.trim_end()).and_then(|()| new.sync_all()))
        .map_err(|error| in_file(file, &error))?;
    Ok(value)
}
