//! Passwords are hashed beside the request handlers, a few at a time: each takes tens of
//! milliseconds of a core and 19 MiB.

use super::problem::ApiError;
use crate::auth::password::{PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN};
use crate::auth::{AuthError, Passwords};
use actix_web::web;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// How many passwords are hashed at a time in each lane.
const AT_A_TIME: usize = 1;
/// How many requests may be in a lane; more are told to come back.
const WAITING_MAX: usize = 64;

/// Where a password waits to be hashed: those of strangers never keep the others waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Of somebody of whom nothing is known yet.
    Strangers,
    /// Of who has a token, or was let in from the same address lately.
    Known,
}

/// Hashes and checks passwords without holding up other requests.
#[derive(Clone, Debug)]
pub struct PasswordHasher {
    passwords: Arc<Passwords>,
    /// A password that everybody knows, and that opens nothing.
    refused: Option<&'static str>,
    strangers: Queue,
    known: Queue,
}

#[derive(Clone, Debug)]
struct Queue {
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl Default for Queue {
    fn default() -> Self {
        Self { running: Arc::new(Semaphore::new(AT_A_TIME)), waiting: Arc::new(Semaphore::new(WAITING_MAX)) }
    }
}

impl PasswordHasher {
    /// Hashes as `passwords` does.
    #[must_use]
    pub fn new(passwords: Passwords) -> Self {
        Self {
            passwords: Arc::new(passwords),
            refused: None,
            strangers: Queue::default(),
            known: Queue::default(),
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
        let hashed = self.beside(Lane::Known, move |passwords| Ok(passwords.hash(&password, &login))).await?;
        hashed.map_err(|error| refusal(error, field))
    }

    /// Whether the password is the one that was stored; no, after the same work, if none was.
    pub async fn verify(
        &self,
        password: String,
        stored: Option<String>,
        lane: Lane,
    ) -> Result<bool, ApiError> {
        let stored = stored.filter(|_| self.refused != Some(password.as_str()));
        self.beside(lane, move |passwords| passwords.verify(&password, stored.as_deref())).await
    }

    async fn beside<T: Send + 'static>(
        &self,
        lane: Lane,
        work: impl FnOnce(&Passwords) -> Result<T, AuthError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let queue = match lane {
            Lane::Strangers => &self.strangers,
            Lane::Known => &self.known,
        };
        let _waiting = queue.waiting.try_acquire().map_err(|_| ApiError::Busy)?;
        let _running = queue.running.acquire().await.map_err(ApiError::internal)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::PasswordCost;

    #[actix_web::test]
    async fn strangers_keep_nobody_waiting_who_is_known() {
        let hasher = PasswordHasher::new(Passwords::new(PasswordCost::Cheap).unwrap());
        let verify = |lane| hasher.verify("correct horse".to_owned(), None, lane);
        let all = u32::try_from(WAITING_MAX).unwrap();
        let _waiting = hasher.strangers.waiting.try_acquire_many(all).unwrap();
        let _running = hasher.strangers.running.try_acquire().unwrap();
        assert!(matches!(verify(Lane::Strangers).await, Err(ApiError::Busy)));
        assert!(matches!(verify(Lane::Known).await, Ok(false)));
    }
}
