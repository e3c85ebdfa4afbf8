//! `hourbook operator`: operators, for who has the machine: also where no admin can log in any more.

use super::config::DataOptions;
use super::document::{document, identified};
use super::secrets::SecretOptions;
use super::service::Service;
use super::{CliResult, words};
use crate::domain::actor::Actor;
use crate::domain::commitment::Committed;
use crate::domain::identity::IdentityDocument;
use crate::domain::operator::{DisableOperator, EnableOperator, Login, Operator, RESET_HOURS, ResetPassword};
use crate::domain::text::Name;
use crate::domain::token::EndTokens;
use crate::domain::{Command, Outcome};
use crate::engine::{Answer, Request};
use crate::journal::commit;
use crate::store::read::{Scope, operators};
use crate::store::vault::Vault;
use crate::store::{Db, StoreError};
use clap::{Args, Subcommand};
use std::process::ExitCode;

#[derive(Args, Debug)]
pub struct OperatorCommand {
    #[command(subcommand)]
    what: What,

    #[command(flatten)]
    data: DataOptions,

    #[command(flatten)]
    secrets: SecretOptions,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List all operators: login, role, whether they have access, name
    List,
    /// Print a one-time code with which an operator sets a new password; the former one is good no more
    ResetPassword {
        #[arg(value_name = "LOGIN")]
        login: Name,
    },
    /// Give access again to who was disabled, and print a one-time code for a new password
    Enable {
        #[arg(value_name = "LOGIN")]
        login: Name,

        /// Who the operator is, as kind:number, such as passport:E1234567, where no registration says it
        #[arg(long, value_name = "KIND:NUMBER", value_parser = document)]
        document: Option<IdentityDocument>,
    },
    /// Take all access away
    Disable {
        #[arg(value_name = "LOGIN")]
        login: Name,
    },
    /// End every session and every access token of an operator, those of `hourbook token` among them
    EndTokens {
        #[arg(value_name = "LOGIN")]
        login: Name,
    },
}

impl OperatorCommand {
    pub fn run(self) -> CliResult {
        let Self { what, data, secrets } = self;
        if let What::List = what {
            return list(&data);
        }
        let service = Service::start_beside(&data, &secrets)?;
        let told = what.carry_out(&service);
        service.stop();
        told?.into_iter().for_each(|line| println!("{line}"));
        Ok(ExitCode::SUCCESS)
    }
}

impl What {
    /// What is to be printed.
    fn carry_out(self, service: &Service) -> Result<Option<String>, String> {
        let vault = &service.vault;
        let read = |login: &Name| known(service, login);
        match self {
            Self::List => Ok(None),
            Self::ResetPassword { login } => {
                let (operator, login) = read(&login)?;
                let command = ResetPassword { operator: operator.id, login: bound(vault, login)? };
                submit(service, Command::ResetPassword(command)).map(|operator| code(vault, &operator))
            }
            Self::Enable { login, document } => {
                let (operator, login) = read(&login)?;
                let identity = document.map(|document| identified(vault, document)).transpose()?;
                let command = EnableOperator { operator: operator.id, identity, login: bound(vault, login)? };
                submit(service, Command::EnableOperator(command)).map(|operator| code(vault, &operator))
            }
            Self::Disable { login } => {
                let command = DisableOperator { operator: read(&login)?.0.id };
                submit(service, Command::DisableOperator(command)).map(|_| None)
            }
            Self::EndTokens { login } => {
                let command = EndTokens { holder: Actor::Operator(read(&login)?.0.id) };
                submit(service, Command::EndTokens(command)).map(|_| None)
            }
        }
    }
}

/// Without the keys, and beside whatever serves.
fn list(data: &DataOptions) -> CliResult {
    let mut db = Db::open_existing(&data.database()).map_err(words)?;
    for found in operators::all(&mut db, Scope::All).map_err(words)? {
        let operators::OperatorReadModel { operator, login, name } = found;
        let access = if operator.active { "active" } else { "disabled" };
        println!("{login}\t{}\t{access}\t{name}", operator.role);
    }
    Ok(ExitCode::SUCCESS)
}

fn known(service: &Service, login: &Name) -> Result<(Operator, Login), String> {
    let named = login.clone();
    let read = move |db: &mut Db| -> Result<Option<(Operator, Login)>, StoreError> {
        let Some(found) = operators::credential(db, &named)? else { return Ok(None) };
        let login = operators::login(db, found.operator.id)?;
        Ok(login.map(|(login, _)| (found.operator, login)))
    };
    let found = service.readers.read(read).map_err(words)?;
    found.ok_or_else(|| format!("no operator has the login {login}"))
}

fn bound(vault: &Vault, login: Login) -> Result<Committed<Login>, String> {
    commit(login, vault.salt().map_err(words)?).map_err(words)
}

fn submit(service: &Service, command: Command) -> Result<Operator, String> {
    let request = Request::of_system(command);
    match service.ledger.submit_blocking(request).map_err(words)? {
        Answer::Single(receipt) => match receipt.outcome {
            Outcome::Operator(operator) => Ok(*operator),
            _ => Err("the answer is another thing than an operator".to_owned()),
        },
        Answer::Bulk(_) => Err("many answers to one command".to_owned()),
    }
}

fn code(vault: &Vault, operator: &Operator) -> Option<String> {
    let code = vault.reset_code(operator.id, operator.reset_entry?);
    Some(format!("{code}\n(within {RESET_HOURS} hours, once: POST /v1/auth/password)"))
}
