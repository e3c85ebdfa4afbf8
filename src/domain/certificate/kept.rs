//! Certificates as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::Certificate;
use crate::domain::actor::Actor;
use crate::domain::amounts::Minutes;
use crate::domain::ids::{CertificateId, Seq, UnitId, VolunteerId};
use crate::domain::noun::kept;
use crate::domain::time::Timestamp;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Certificate")]
struct KeptCertificate {
    id: CertificateId,
    volunteer: VolunteerId,
    unit: UnitId,
    first_day: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
    as_of: Seq,
    credited_minutes: Minutes,
    records: i64,
    replaces: Option<CertificateId>,
    replaced_by: Option<CertificateId>,
    issued_by: Actor,
    issued_at: Timestamp,
    revoked_by: Option<Actor>,
    revoked_at: Option<Timestamp>,
    revoked_entry: Option<Seq>,
    version: Seq,
}
kept!(Certificate as KeptCertificate);
