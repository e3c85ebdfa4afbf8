//! Passwords are hashed beside the request handlers, a few at a time: each takes tens of
//! milliseconds of a core and 19 MiB.

use super::problem::ApiError;
use crate::auth::password::{PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN};
use crate::auth::{AuthError, Passwords};
use actix_web::web;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// How many passwords are hashed at a time.
const AT_A_TIME: usize = 2;
/// How many requests may wait for that; more are told to come back.
const WAITING_MAX: usize = 64;

/// Hashes and checks passwords without holding up other requests.
#[derive(Clone, Debug)]
pub struct PasswordHasher {
    passwords: Arc<Passwords>,
    /// A password that everybody knows, and that opens nothing.
    refused: Option<&'static str>,
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl PasswordHasher {
    /// Hashes as `passwords` does.
    #[must_use]
    pub fn new(passwords: Passwords) -> Self {
        Self {
            passwords: Arc::new(passwords),
            refused: None,
            running: Arc::new(Semaphore::new(AT_A_TIME)),
            waiting: Arc::new(Semaphore::new(WAITING_MAX)),
        }
    }

    /// Takes this password for a wrong one, of whichever login.
    #[must_use]
    pub fn refusing(self, password: Option<&'static str>) -> Self {
        Self { refused: password, ..self }
    }

    /// The hash to be stored for a new password of who has this login; `field` is where the body says it.
    pub async fn hash(
        &self,
        password: String,
        login: String,
        field: &'static str,
    ) -> Result<String, ApiError> {
        let hashed = self.beside(move |passwords| Ok(passwords.hash(&password, &login))).await?;
        hashed.map_err(|error| refusal(error, field))
    }

    /// Whether the password is the one that was stored; no, after the same work, if none was.
    pub async fn verify(&self, password: String, stored: Option<String>) -> Result<bool, ApiError> {
        let stored = stored.filter(|_| self.refused != Some(password.as_str()));
        self.beside(move |passwords| passwords.verify(&password, stored.as_deref())).await
    }

    async fn beside<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Passwords) -> Result<T, AuthError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let _waiting = self.waiting.try_acquire().map_err(|_| ApiError::Busy)?;
        let _running = self.running.acquire().await.map_err(ApiError::internal)?;
        let passwords = self.passwords.clone();
        web::block(move || work(&passwords)).await.map_err(ApiError::internal)?.map_err(ApiError::internal)
    }
}

fn refusal(error: AuthError, field: &str) -> ApiError {
    let refused = |detail: String| ApiError::InvalidField { field: field.to_owned(), detail };
    match error {
        AuthError::PasswordTooShort => {
            refused(format!("a password has at least {PASSWORD_CHARS_MIN} characters"))
        }
        AuthError::PasswordTooLong => refused(format!("a password has at most {PASSWORD_BYTES_MAX} bytes")),
        AuthError::PasswordGuessable => refused(
            "the password is easy to guess: a common one, a row of keys, or the login; take several words"
                .to_owned(),
        ),
        fault => ApiError::internal(fault),
    }
}
