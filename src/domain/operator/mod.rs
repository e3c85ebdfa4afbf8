//! Operators (操作员): who may act for which unit, and who they are.

mod kept;
pub mod rules;

use super::actor::Role;
use super::commitment::{Commitment, Committed};
use super::identity::IdentityDocument;
use super::ids::{OperatorId, Seq, UnitId, VolunteerId};
use super::noun::{Row, Thing, events, refusals};
use super::person::BlindIndex;
use super::text::{LoginName, Name};
use super::time::Timestamp;
use super::unit::Unit;
use serde::Serialize;

/// Someone, or some script, that acts for a unit and all under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    pub id: OperatorId,
    pub role: Role,
    /// None for an admin, who acts everywhere.
    pub unit: Option<UnitId>,
    /// The operator's own registration as a volunteer, so that nobody approves their own hours.
    pub volunteer: Option<VolunteerId>,
    pub active: bool,
    /// The entry that changed the operator last.
    pub version: Seq,
    /// Whether the operator is known by a document, where not by a registration.
    pub identified: bool,
    /// The entry from which on tokens of the operator are good; those of before were ended.
    pub valid_from: Seq,
    /// The entry that gave the one-time code with which a password can be set, and the first instant at which it cannot
    /// any more; none where there is no such code.
    pub reset_entry: Option<Seq>,
    pub reset_until: Option<Timestamp>,
}

impl Row for Operator {
    type Key = OperatorId;

    const IS_REFERENCE: bool = true;

    fn key(&self) -> OperatorId {
        self.id
    }
}

impl Thing for Operator {
    fn unit(&self) -> Option<UnitId> {
        self.unit
    }
}

impl Operator {
    /// Whether a coordinator for this unit, or an admin.
    #[must_use]
    pub fn answers_for(&self, unit: &Unit) -> bool {
        match self.role {
            Role::Admin => true,
            Role::Coordinator => self.unit.is_some_and(|own| unit.is_within(own)),
            Role::Auditor | Role::Volunteer => false,
        }
    }

    /// Whether an auditor of this unit, or an admin.
    #[must_use]
    pub fn audits(&self, unit: &Unit) -> bool {
        match self.role {
            Role::Admin => true,
            Role::Auditor => self.unit.is_some_and(|own| unit.is_within(own)),
            Role::Coordinator | Role::Volunteer => false,
        }
    }
}

/// For how long a one-time code sets a password.
pub const RESET_HOURS: i64 = 24;

/// How an operator logs in: kept beside the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Login {
    pub login: LoginName,
    /// The person's or script's name.
    pub name: Name,
}

/// By which document an operator says who they are: kept beside the journal, sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperatorIdentity {
    pub document: Committed<IdentityDocument>,
    pub index: BlindIndex,
}

/// Appoints an operator, who is a volunteer or names a document.
#[derive(Clone, Debug)]
pub struct CreateOperator {
    pub login: Committed<Login>,
    /// Argon2id, as a PHC string; none for a script that only holds tokens.
    pub password_hash: Option<String>,
    pub role: Role,
    pub unit: Option<UnitId>,
    pub volunteer: Option<VolunteerId>,
    pub identity: Option<OperatorIdentity>,
}

/// Changes what an operator may do. Who they are stays as it is unless it is said.
#[derive(Clone, Debug)]
pub struct UpdateOperator {
    pub operator: OperatorId,
    pub expected: Option<Seq>,
    pub role: Role,
    pub unit: Option<UnitId>,
    pub volunteer: Option<VolunteerId>,
    pub identity: Option<OperatorIdentity>,
}

/// Takes all access away.
#[derive(Clone, Debug)]
pub struct DisableOperator {
    pub operator: OperatorId,
}

/// Gives access again to who was disabled. The former password is good no more; a one-time code sets a new one.
#[derive(Clone, Debug)]
pub struct EnableOperator {
    pub operator: OperatorId,
    /// Who the operator is, where no registration says it: the document went with the access.
    pub identity: Option<OperatorIdentity>,
    /// The login, bound anew.
    pub login: Committed<Login>,
}

/// Gives a one-time code with which the operator sets a new password; the former one, and all tokens, are good no more.
#[derive(Clone, Debug)]
pub struct ResetPassword {
    pub operator: OperatorId,
    /// The login, bound anew.
    pub login: Committed<Login>,
}

/// The operator sets a password; every token of before is good no more.
#[derive(Clone, Debug)]
pub struct SetPassword {
    pub operator: OperatorId,
    /// The login, bound anew.
    pub login: Committed<Login>,
    /// Argon2id, as a PHC string.
    pub password_hash: String,
    pub shown: PasswordProof,
}

/// What the operator has shown before a password is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordProof {
    /// The former password, as it was when tokens of this entry on were good.
    Former { valid_from: Seq },
    /// The one-time code that this entry gave.
    Code { entry: Seq },
}

events! {
    OperatorCreated = "operator_created" {
        role: Role,
        unit: Option<UnitId>,
        volunteer: Option<VolunteerId>,
        login: Commitment,
        /// To the document by which the operator is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<Commitment>,
    }
    OperatorUpdated = "operator_updated" {
        operator: OperatorId,
        role: Role,
        unit: Option<UnitId>,
        volunteer: Option<VolunteerId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<Commitment>,
    }
    OperatorDisabled = "operator_disabled" {
        operator: OperatorId,
    }
    OperatorEnabled = "operator_enabled" {
        operator: OperatorId,
        login: Commitment,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<Commitment>,
        /// First instant at which the one-time code sets no password any more.
        until: Timestamp,
    }
    PasswordReset = "password_reset" {
        operator: OperatorId,
        login: Commitment,
        until: Timestamp,
    }
    PasswordSet = "password_set" {
        operator: OperatorId,
        login: Commitment,
    }
}

refusals! {
    /// No such operator.
    OperatorNotFound = NotFound "operator_not_found" "there is no such operator";
    /// Another operator has this login.
    LoginTaken = Conflict "login_taken" "another operator has this login";
    /// Coordinators and auditors need a unit; an admin has none; an operator's role is not `volunteer`.
    OperatorUnitInvalid = Invalid "operator_unit_invalid" "coordinators and auditors need a unit; an admin has none";
    /// An operator is linked to a volunteer or names a document: one of the two, so that a second person is another person.
    OperatorPersonInvalid = Invalid "operator_person_invalid" "an operator is linked to a volunteer or names a document: one of the two";
    /// Nobody changes or disables their own access, so that the last admin cannot lock everybody out.
    OwnAccess = Forbidden "own_access" "you cannot change or disable your own access";
    /// The operator is disabled: enable them first.
    OperatorDisabled = Conflict "operator_disabled" "the operator is disabled";
    /// The operator is not disabled.
    OperatorNotDisabled = Conflict "operator_not_disabled" "the operator is not disabled";
    /// Login or one-time code is wrong, or the code has expired or was used.
    ResetCodeInvalid = Forbidden "reset_code_invalid" "login or code is wrong, or the code is good no more";
}
