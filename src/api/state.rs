//! What every handler works with, and the one way from a command to its answer.

use super::certificate::settings::CertificateSettings;
use super::cross_origin::Origin;
use super::downloads::Downloads;
use super::guesses::Guesses;
use super::hashing::PasswordHasher;
use super::language::Language;
use super::limit::{ApplicationLimits, ChangeLimits, Limiter};
use super::log_ins::LogIns;
use super::metrics::Metrics;
use super::problem::{ApiError, Problem};
use super::session_terms::SessionTerms;
use super::view::{Changed, Created, Receipted, View};
use crate::api::extract::IdempotencyHeader;
use crate::api::wire::ReceiptView;
use crate::auth::{Identity, Issuer, TokenKeys, Verifier};
use crate::channels::wechat::Wechat;
use crate::domain::actor::{Actor, Role};
use crate::domain::commitment::Committed;
use crate::domain::operator::Operator;
use crate::domain::rules::Rules;
use crate::domain::text::Note;
use crate::domain::{Command, Outcome};
use crate::domain::{activity, general, programme, record, reward, unit, volunteer};
use crate::engine::{self, Answer, Asker, BulkAnswer, Clock, EndedSessions, Health, Ledger, Request, Work};
use crate::journal::{self, LogKeys};
use crate::store::read::{About, PageOf, Scope, Unseen, operators, volunteers};
use crate::store::vault::Vault;
use crate::store::{Db, Pool, StoreError};
use actix_web::web;
use serde::Serialize;
use std::net::IpAddr;
use std::sync::Arc;

/// The state as handlers get it.
pub type State = web::Data<AppState>;

/// What the handlers share.
pub struct AppState {
    /// The way in: asks the writer and waits until the answer is durable.
    pub ledger: Ledger,
    /// Connections for readers.
    pub readers: Pool,
    /// Connections for sessions, which may write.
    pub sessions: Pool,
    /// Which of them were ended while access tokens of theirs may live.
    pub ended_sessions: Arc<EndedSessions>,
    /// How long they last.
    pub session_terms: SessionTerms,
    /// Takes or refuses access tokens.
    pub verifier: Verifier,
    /// Gives out access tokens to those who log in.
    pub issuer: Issuer,
    /// The public keys for those who verify tokens themselves.
    pub token_keys: Arc<TokenKeys>,
    /// The keys that sign the journal's checkpoints.
    pub log_keys: Arc<LogKeys>,
    /// Hashes and checks passwords.
    pub hashing: PasswordHasher,
    /// Salts, blind indexes, pick-up codes and codes of certificates.
    pub vault: Arc<Vault>,
    /// What this deployment gives its certificates.
    pub certificates: CertificateSettings,
    /// Counts look-ups of certificates by address.
    pub look_ups: Limiter,
    /// Counts who tries to log in.
    pub log_ins: LogIns,
    /// Says who somebody is in our WeChat apps.
    pub wechat: Wechat,
    /// Whether everybody sees what recruits, without a token.
    pub has_public_opportunities: bool,
    /// Counts by address who signs in by it.
    pub sign_ins: Limiter,
    /// Counts by who signed in who applies to be registered.
    pub applications: ApplicationLimits,
    /// Counts changes by actor.
    pub changes: ChangeLimits,
    /// Counts wrong guesses at persons by actor.
    pub guesses: Guesses,
    /// The origins whose pages may call the API from a browser.
    pub allowed_origins: Arc<[Origin]>,
    /// The rules' figures, the time zone among them.
    pub rules: Rules,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// What is counted for operations.
    pub metrics: Metrics,
    /// How many exports may be under way at once.
    pub downloads: Downloads,
    /// Whether what operations ask has a listener of its own.
    pub is_administered_apart: bool,
}

impl AppState {
    /// Executes a command that creates something.
    pub async fn create<V: View>(
        &self,
        asker: Asker,
        idempotency: IdempotencyHeader,
        command: Command,
    ) -> Result<Created<V>, ApiError> {
        self.change(asker, idempotency, command).await.map(Created)
    }

    /// Executes a command, and shows what came of it.
    pub async fn change<V: View>(
        &self,
        asker: Asker,
        idempotency: IdempotencyHeader,
        command: Command,
    ) -> Result<Changed<V>, ApiError> {
        self.execute(asker, idempotency.of(asker.0, &self.vault)?, command).await
    }

    /// [`Self::change`] by a command that is made of what can be read now. For a request that was carried out
    /// before it is not made again: what it was made of may be gone, and the answer is kept for ever.
    pub async fn change_as_read<V: View>(
        &self,
        asker: Asker,
        idempotency: IdempotencyHeader,
        command: impl Future<Output = Result<Command, ApiError>>,
    ) -> Result<Changed<V>, ApiError> {
        let key = idempotency.of(asker.0, &self.vault)?;
        if let Some(key) = key
            && let Some(verdict) = self.kept_answer(asker, key).await?
        {
            return self.show_single(verdict?);
        }
        self.execute(asker, key, command.await?).await
    }

    async fn kept_answer(
        &self,
        asker: Asker,
        key: engine::IdempotencyKey,
    ) -> Result<Option<engine::Verdict>, ApiError> {
        let (vault, rules, now) = (self.vault.clone(), self.rules.clone(), self.clock.now());
        self.read(move |db| engine::replay(db, (&vault, &rules), now, (asker, key))).await
    }

    /// [`Self::change`] for a request that names the version it changes, and so needs no other name.
    pub async fn update<V: View>(&self, asker: Asker, command: Command) -> Result<Changed<V>, ApiError> {
        self.execute(asker, None, command).await
    }

    /// Executes each command by itself, in order.
    pub async fn execute_each(
        &self,
        asker: Asker,
        idempotency: IdempotencyHeader,
        commands: Vec<Command>,
    ) -> Result<BulkAnswer, ApiError> {
        let request = Request {
            actor: asker.0,
            token_from: asker.1,
            key: idempotency.of(asker.0, &self.vault)?,
            work: Work::Bulk(commands),
        };
        match self.ledger.submit(request).await? {
            Answer::Bulk(items) => Ok(items),
            Answer::Single(_) => Err(ApiError::internal("one answer to many commands")),
        }
    }

    /// Has a fact written into the journal that makes and changes nothing to be shown.
    pub async fn note(&self, asker: Asker, command: Command) -> Result<(), ApiError> {
        let request =
            Request { actor: asker.0, token_from: asker.1, key: None, work: Work::Single(Box::new(command)) };
        self.ledger.submit(request).await?;
        Ok(())
    }

    /// Executes a command, and gives what came of it to who goes on with it.
    pub async fn single<T: TryFrom<Outcome>>(&self, asker: Asker, command: Command) -> Result<T, ApiError> {
        let (actor, token_from) = asker;
        let request = Request { actor, token_from, key: None, work: Work::Single(Box::new(command)) };
        let Answer::Single(receipt) = self.ledger.submit(request).await? else {
            return Err(ApiError::internal("many answers to one command"));
        };
        T::try_from(receipt.outcome).map_err(|_| ApiError::internal("the answer is another thing"))
    }

    /// Asks the store what the caller may see, off the threads that handle requests.
    ///
    /// What an operator may see is what the operator's row says now, not what the token said when it
    /// was issued.
    pub async fn read_as<T: Send + 'static>(
        &self,
        identity: Identity,
        read: impl FnOnce(&mut Db, Scope) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, ApiError> {
        self.read(move |db| match scope_of(db, identity)? {
            Ok(scope) => read(db, scope).map(Ok),
            Err(refusal) => Ok(Err(refusal)),
        })
        .await?
    }

    /// [`Self::read_as`] for a list: what the question is about is either among what is listed, or there for the
    /// caller to see.
    pub async fn list_as<T: Send + 'static, P: Send + 'static>(
        &self,
        identity: Identity,
        about: About,
        read: impl FnOnce(&mut Db, Scope) -> Result<PageOf<T, P>, StoreError> + Send + 'static,
    ) -> Result<PageOf<T, P>, ApiError> {
        self.read_as(identity, move |db, scope| {
            let page = read(db, scope)?;
            let unseen = if page.items.is_empty() { about.unseen(db, scope)? } else { None };
            Ok(unseen.map_or(Ok(page), |kind| Err(not_found(kind))))
        })
        .await?
    }

    /// Asks the store, off the threads that handle requests.
    pub async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut Db) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, ApiError> {
        beside(self.readers.clone(), self.ledger.health().clone(), read).await
    }

    /// Looks after sessions, the one thing that is written beside the ledger.
    pub async fn with_sessions<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, ApiError> {
        beside(self.sessions.clone(), self.ledger.health().clone(), work).await
    }

    /// Counts what an address asks of who vouches for others, or for who is nobody here yet.
    pub fn admit_stranger(&self, address: IpAddr) -> Result<(), ApiError> {
        let admitted = self.sign_ins.take(address);
        admitted.map_err(|retry_after_seconds| ApiError::TooManyRequests { retry_after_seconds })
    }

    /// Binds content that is kept beside the journal.
    pub fn commit<T: Serialize>(&self, content: T) -> Result<Committed<T>, ApiError> {
        let salt = self.vault.salt().map_err(ApiError::internal)?;
        journal::commit(content, salt).map_err(ApiError::internal)
    }

    /// Binds somebody's words, if there are any.
    pub fn commit_note(&self, note: Option<Note>) -> Result<Option<Committed<Note>>, ApiError> {
        note.map(|note| self.commit(note)).transpose()
    }

    /// Shows what a command came to.
    pub fn show<V: View>(&self, receipt: engine::Receipt) -> Result<Changed<V>, ApiError> {
        let shown = ReceiptView::new(&receipt, self.rules.zone);
        let thing = V::Thing::try_from(receipt.outcome)
            .map_err(|_| ApiError::internal("the answer is another thing than the command makes"))?;
        Ok(Changed { thing: V::of(thing, self.rules.zone), receipt: Receipted { receipt: shown } })
    }

    /// Shows what each of many commands came to: the thing with its receipt, or the problem in this language.
    pub fn show_each<V: View, I>(
        &self,
        language: Language,
        answers: BulkAnswer,
        item: impl Fn(Result<(V, ReceiptView), Box<Problem>>) -> I,
    ) -> Result<Vec<I>, ApiError> {
        let shown = answers.into_iter().map(|answer| match answer {
            Ok(receipt) => {
                let Changed { thing, receipt } = self.show(receipt)?;
                Ok(item(Ok((thing, receipt.receipt))))
            }
            Err(rejection) => {
                let problem = ApiError::Rejected(rejection).problem(language, self.rules.zone);
                Ok(item(Err(Box::new(problem))))
            }
        });
        shown.collect()
    }

    async fn execute<V: View>(
        &self,
        asker: Asker,
        key: Option<engine::IdempotencyKey>,
        command: Command,
    ) -> Result<Changed<V>, ApiError> {
        let request =
            Request { actor: asker.0, token_from: asker.1, key, work: Work::Single(Box::new(command)) };
        self.show_single(self.ledger.submit(request).await?)
    }

    fn show_single<V: View>(&self, answer: Answer) -> Result<Changed<V>, ApiError> {
        match answer {
            Answer::Single(receipt) => self.show(*receipt),
            Answer::Bulk(_) => Err(ApiError::internal("many answers to one command")),
        }
    }
}

/// The answer where a filter names what the caller may not see.
pub(super) fn not_found(unseen: Unseen) -> ApiError {
    match unseen {
        Unseen::Unit => unit::Refusal::UnitNotFound.into(),
        Unseen::Programme => programme::Refusal::ProgrammeNotFound.into(),
        Unseen::Activity => activity::Refusal::ActivityNotFound.into(),
        Unseen::Volunteer => volunteer::Refusal::VolunteerNotFound.into(),
        Unseen::Record => record::Refusal::RecordNotFound.into(),
        Unseen::Reward => reward::Refusal::RewardNotFound.into(),
    }
}

async fn beside<T: Send + 'static>(
    pool: Pool,
    health: Arc<Health>,
    work: impl FnOnce(&mut Db) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, ApiError> {
    let answer = web::block(move || pool.read(work)).await.map_err(ApiError::internal)?;
    answer.inspect_err(|error| health.note_error(error)).map_err(|error| match error {
        StoreError::Unreachable(_)
        | StoreError::Conflict(_)
        | StoreError::NoRoom(_)
        | StoreError::Malformed(_) => {
            tracing::warn!(%error, "the store did not answer");
            ApiError::Unavailable
        }
        fault => ApiError::internal(fault),
    })
}

/// What the holder of a token may see today: nothing once they have left or been disabled.
pub(super) fn scope_of(db: &mut Db, identity: Identity) -> Result<Result<Scope, ApiError>, StoreError> {
    match identity.actor {
        Actor::Volunteer(id) => {
            let active =
                volunteers::current(db, id)?.filter(|volunteer| volunteer.must_be_registered().is_ok());
            Ok(match active {
                Some(volunteer) if identity.valid_from < volunteer.valid_from => {
                    Err(general::Refusal::TokenEnded.into())
                }
                Some(_) => Ok(Scope::Volunteer(id)),
                None => Err(general::Refusal::ActorDisabled.into()),
            })
        }
        Actor::Operator(id) => {
            let active = operators::current(db, id)?.filter(|operator| operator.active);
            Ok(match active {
                Some(operator) if identity.valid_from < operator.valid_from => {
                    Err(general::Refusal::TokenEnded.into())
                }
                Some(operator) => scope_of_operator(&operator, identity.role),
                None => Err(general::Refusal::ActorDisabled.into()),
            })
        }
        Actor::System => Ok(Err(ApiError::TokenInvalid)),
    }
}

fn scope_of_operator(operator: &Operator, role_of_token: Role) -> Result<Scope, ApiError> {
    if operator.role != role_of_token {
        return Err(ApiError::TokenInvalid);
    }
    match (operator.role, operator.unit) {
        (Role::Admin, _) => Ok(Scope::All),
        (Role::Coordinator | Role::Auditor, Some(unit)) => Ok(Scope::Unit(unit)),
        (Role::Coordinator | Role::Auditor | Role::Volunteer, _) => {
            Err(general::Refusal::NotPermitted.into())
        }
    }
}

impl std::fmt::Debug for AppState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AppState").field("rules", &self.rules).finish_non_exhaustive()
    }
}
