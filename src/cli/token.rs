//! `hourbook token`: access tokens for scripts, and the first admin.

use super::config::DataOptions;
use super::machine;
use super::secrets::{Making, SecretOptions};
use super::service::{Service, realm};
use super::{CliResult, words};
use crate::auth::Issuer;
use crate::domain::Command;
use crate::domain::actor::{Actor, Role};
use crate::domain::identity::{DocumentKind, IdentityDocument};
use crate::domain::ids::UnitId;
use crate::domain::operator;
use crate::domain::operator::{CreateOperator, Login, OperatorIdentity};
use crate::domain::text::{LoginName, Name};
use crate::domain::time::Timestamp;
use crate::engine::{Request, Work, WriterOptions};
use crate::journal::commit;
use crate::store::read::{Scope, operators, volunteers};
use crate::store::vault::Vault;
use crate::store::{Db, key_checks};
use clap::Args;
use std::process::ExitCode;
use std::sync::Arc;
use strum::VariantArray;

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
        let database = self.data.database();
        let mut db = Db::open_existing(&database).map_err(words)?;
        db.must_be_migrated().map_err(words)?;
        let secrets = self.secrets.load(&self.data.data_dir, Making::Refused)?;
        key_checks::hold(&mut db, &secrets.at_hand()).map_err(words)?;
        let (actor, role, unit) = self.holder.find(&mut db, &secrets.vault)?;
        let now = Timestamp::try_from(chrono::Utc::now()).map_err(words)?;
        let token = Issuer::new(Arc::new(secrets.token_keys), realm()).issue(
            actor,
            role,
            unit,
            now,
            self.hours * 3600,
        );
        println!("{}", token.map_err(words)?);
        Ok(ExitCode::SUCCESS)
    }

    fn identity(&self, vault: &Vault) -> Result<Option<OperatorIdentity>, String> {
        let Some(document) = self.document.clone() else { return Ok(None) };
        let (index, salt) = (vault.identity_index(&document), vault.salt().map_err(words)?);
        Ok(Some(OperatorIdentity { document: commit(document, salt).map_err(words)?, index }))
    }

    fn appoint(&self, login: &Name) -> Result<(), String> {
        let login: LoginName = login.as_str().parse().map_err(words)?;
        let origin = Some(machine::command_line()?);
        let options = WriterOptions { origin, ..WriterOptions::default() };
        let service = Service::start(&self.data, &self.secrets, &options)?;
        let content = Login { name: login.clone().into(), login };
        let salt = service.vault.salt().map_err(words)?;
        let command = Command::CreateOperator(CreateOperator {
            login: commit(content, salt).map_err(words)?,
            password_hash: None,
            role: Role::Admin,
            unit: None,
            volunteer: None,
            identity: self.identity(&service.vault)?,
        });
        let request = Request { actor: Actor::System, key: None, work: Work::Single(Box::new(command)) };
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

fn document(text: &str) -> Result<IdentityDocument, String> {
    let known = || {
        let kinds: Vec<&str> = DocumentKind::VARIANTS.iter().map(DocumentKind::into_str).collect();
        format!("expected KIND:NUMBER, the kind one of {}", kinds.join(", "))
    };
    let (kind, number) = text.split_once(':').ok_or_else(known)?;
    let kind =
        DocumentKind::VARIANTS.iter().copied().find(|known| known.into_str() == kind).ok_or_else(known)?;
    IdentityDocument::by_itself(kind, number).map_err(words)
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
