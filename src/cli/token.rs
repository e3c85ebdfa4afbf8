//! `hourbook token`: access tokens for scripts, and the first admin.

use super::config::DataOptions;
use super::document::{document, identified};
use super::secrets::SecretOptions;
use super::service::{Service, realm};
use super::{CliResult, words};
use crate::auth::{Grant, Issuer};
use crate::domain::Command;
use crate::domain::actor::{Actor, Role};
use crate::domain::identity::IdentityDocument;
use crate::domain::ids::UnitId;
use crate::domain::operator;
use crate::domain::operator::{CreateOperator, Login};
use crate::domain::text::{LoginName, Name};
use crate::domain::time::Timestamp;
use crate::domain::token::IssueToken;
use crate::engine::Request;
use crate::journal::commit;
use crate::store::read::tokens::valid_from;
use crate::store::read::{Scope, operators, volunteers};
use crate::store::vault::Vault;
use crate::store::{Db, DbUrl};
use chrono::Duration;
use clap::Args;
use std::process::ExitCode;

#[derive(Args, Debug)]
pub struct Token {
    #[command(flatten)]
    data: DataOptions,

    #[command(flatten)]
    secrets: SecretOptions,

    #[command(flatten)]
    holder: Holder,

    /// First appoint the login as an admin, if nobody has it: this makes the first operator
    #[arg(long, requires = "login")]
    create_admin: bool,

    /// The admin's identity document, as kind:number, such as passport:E1234567: who acts by several log-ins is one
    /// person
    #[arg(long, requires = "create_admin", value_name = "KIND:NUMBER", value_parser = document)]
    document: Option<IdentityDocument>,

    /// How long the token is valid
    #[arg(long, value_name = "HOURS", default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..=8760))]
    hours: u32,
}

/// Said where an admin is appointed without a document.
const NOBODY_KNOWS: &str = "warning: without --document nobody knows who this admin is: the account counts as a person of \
                            its own, beside any other account of the same person";

#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
struct Holder {
    /// The operator who will hold the token
    #[arg(long, value_name = "LOGIN")]
    login: Option<Name>,

    /// The volunteer who will hold the token
    #[arg(long, value_name = "NUMBER")]
    volunteer: Option<String>,
}

impl Token {
    pub fn run(self) -> CliResult {
        if let (Some(login), true) = (&self.holder.login, self.create_admin) {
            self.appoint(login)?;
            if self.document.is_none() {
                eprintln!("{NOBODY_KNOWS}");
            }
        }
        if let DbUrl::Sqlite(path) = self.data.database()
            && !path.exists()
        {
            return Err(format!("{} does not exist", path.display()));
        }
        let service = Service::start_beside(&self.data, &self.secrets)?;
        let token = self.issue(&service);
        service.stop();
        println!("{}", token?);
        Ok(ExitCode::SUCCESS)
    }

    /// The journal says of each token that it was made, by whom at the machine, and until when it is good.
    fn issue(&self, service: &Service) -> Result<String, String> {
        let find = |db: &mut Db| Ok(self.holder.find(db, &service.vault));
        let (actor, role, unit) = service.readers.read(find).map_err(words)??;
        let now = Timestamp::try_from(chrono::Utc::now()).map_err(words)?;
        let seconds = self.hours * 3600;
        let expires_at = now.plus(Duration::seconds(seconds.into()));
        let request = Request::of_system(Command::IssueToken(IssueToken { holder: actor, expires_at }));
        service.ledger.submit_blocking(request).map_err(words)?;
        let valid_from = service.readers.read(|db| valid_from(db, actor)).map_err(words)?;
        let grant = Grant { actor, role, unit, valid_from, session: None };
        Issuer::new(service.token_keys.clone(), realm()).issue(grant, now, seconds).map_err(words)
    }

    fn appoint(&self, login: &Name) -> Result<(), String> {
        let login: LoginName = login.as_str().parse().map_err(words)?;
        let service = Service::start_beside(&self.data, &self.secrets)?;
        let content = Login { name: login.clone().into(), login };
        let salt = service.vault.salt().map_err(words)?;
        let command = Command::CreateOperator(CreateOperator {
            login: commit(content, salt).map_err(words)?,
            password_hash: None,
            role: Role::Admin,
            unit: None,
            volunteer: None,
            identity: self.document.clone().map(|named| identified(&service.vault, named)).transpose()?,
        });
        let request = Request::of_system(command);
        let appointed = service.ledger.submit_blocking(request);
        service.stop();
        match appointed {
            Ok(_)
            | Err(crate::engine::RequestRefusal::Rejected(crate::domain::Rejection::Operator(
                operator::Refusal::LoginTaken,
            ))) => Ok(()),
            Err(refusal) => Err(words(refusal)),
        }
    }
}

impl Holder {
    fn find(&self, db: &mut Db, vault: &Vault) -> Result<(Actor, Role, Option<UnitId>), String> {
        if let Some(login) = &self.login {
            let found = operators::credential(db, login).map_err(words)?;
            let operator = found.ok_or_else(|| format!("no operator has the login {login}"))?.operator;
            if !operator.active {
                return Err(format!("{login} is disabled"));
            }
            return Ok((Actor::Operator(operator.id), operator.role, operator.unit));
        }
        let number = self.volunteer.as_deref().unwrap_or_default();
        let unknown = || format!("no volunteer has the number {number}");
        let id = volunteers::id_of_number(number).ok_or_else(unknown)?;
        let found = volunteers::get(db, vault, Scope::All, id).map_err(words)?;
        found.map(|_| (Actor::Volunteer(id), Role::Volunteer, None)).ok_or_else(unknown)
    }
}
