//! The folder that proves a unit's totals to anybody who has it (docs/PROOF.md): what is in it, written to a folder by
//! the command line, and as an archive over HTTP.

use super::download::{Content, Download, Sink};
use super::{AS_OF_HEADER, Broken, Counted, ROWS_HEADER, note};
use crate::api::as_of::entry_asked;
use crate::api::extract::{Auditor, Query};
use crate::api::problem::ApiError;
use crate::api::schema::FileBytes;
use crate::api::state::State;
use crate::api::wire::Count;
use crate::domain::actor::Role;
use crate::domain::as_of::{AsOf, Present};
use crate::domain::export::{ExportFilter, ExportFormat, Exported};
use crate::domain::ids::{Seq, UnitId};
use crate::domain::{general, unit};
use crate::journal::{Audit, AuditError, TreeHash, TreeHead};
use crate::store::read::{Scope, journal, units};
use crate::store::{Db, StoreError, tree};
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, get};
use serde::{Deserialize, Serialize};
use std::io::{self, Write};
use utoipa::IntoParams;
use zip::ZipWriter;
use zip::write::{SimpleFileOptions, StreamWriter};

pub const MANIFEST: &str = "manifest.json";
pub const ENTRIES: &str = "entries.ndjson";
pub const CHECKPOINT: &str = "checkpoint";
pub const MINUTES: &str = "minutes.csv";
pub const POINTS: &str = "points.csv";
/// Beside them, for people: what the folder is, and the check as a script.
pub const HOW_TO: (&str, &str) = ("HOWTO.md", include_str!("audit_folder/HOWTO.md"));
pub const SCRIPT: (&str, &str) = ("verify_bundle.py", include_str!("audit_folder/verify_bundle.py"));

/// The form of the folder.
pub const FORMAT: u8 = 1;

/// What the folder says that it is.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub format: u8,
    /// The totals are of this unit and those under it.
    pub unit: UnitId,
    /// The tree over the entries of the folder, which are all up to the one as of which it is.
    pub tree: Tree,
    /// The tree that was signed.
    pub signed: Tree,
    /// Proof that the signed tree begins with the entries of the folder (RFC 9162, section 2.1.4).
    pub consistency: Vec<TreeHash>,
    /// The public keys of the log, as the service that wrote the folder has them.
    pub verifiers: Vec<String>,
}

/// A tree over the journal's first entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tree {
    pub size: u64,
    pub root: TreeHash,
}

impl From<TreeHead> for Tree {
    fn from(TreeHead { size, root }: TreeHead) -> Self {
        Self { size, root }
    }
}

impl From<Tree> for TreeHead {
    fn from(Tree { size, root }: Tree) -> Self {
        Self { size, root }
    }
}

/// Where the files go, one after the other.
pub trait Place: Write {
    /// Begins the next file.
    fn begin(&mut self, name: &str) -> io::Result<()>;
}

/// Why a folder did not come about.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    #[error("no signed checkpoint covers that: serve the ledger for a few seconds first")]
    NotSigned,
    #[error("the journal ends at entry {0}")]
    EndsBefore(Seq),
    #[error(transparent)]
    Entries(#[from] AuditError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Entries that are held at once.
const CHUNK: u32 = 1_000;

/// Writes the folder of a unit as of an entry that was signed; memory is bounded by the units, activities and sums.
pub fn write(
    db: &mut Db,
    place: &mut impl Place,
    (unit, as_of): (UnitId, Seq),
    verifiers: Vec<String>,
) -> Result<(), FolderError> {
    let size = as_of.0.unsigned_abs();
    let signed = tree::checkpoint_from(db, size)?.ok_or(FolderError::NotSigned)?;
    place.begin(ENTRIES)?;
    let audit = write_entries(db, place, as_of)?;
    let consistency = tree::consistency(db, size, signed.head.size)?.unwrap_or_default();
    let tree = TreeHead { size, root: audit.tree().root() }.into();
    let manifest =
        Manifest { format: FORMAT, unit, tree, signed: signed.head.into(), consistency, verifiers };
    let manifest = serde_json::to_string_pretty(&manifest).map_err(io::Error::from)? + "\n";
    for (name, content) in [
        (MINUTES, audit.minutes_csv(unit)),
        (POINTS, audit.points_csv(unit)),
        (CHECKPOINT, signed.note),
        (MANIFEST, manifest),
        (HOW_TO.0, HOW_TO.1.to_owned()),
        (SCRIPT.0, SCRIPT.1.to_owned()),
    ] {
        place.begin(name)?;
        place.write_all(content.as_bytes())?;
    }
    Ok(())
}

/// Writes the entries up to one; what they come to.
fn write_entries(db: &mut Db, place: &mut impl Place, as_of: Seq) -> Result<Audit, FolderError> {
    let mut audit = Audit::default();
    let mut after = Seq(0);
    while after < as_of {
        let limit = u32::try_from(as_of.0 - after.0).unwrap_or(CHUNK).min(CHUNK);
        let chunk = journal::leaves_after(db, after, limit)?;
        if chunk.is_empty() {
            return Err(FolderError::EndsBefore(after));
        }
        for leaf in chunk {
            audit.follow(&leaf)?;
            writeln!(place, "{leaf}")?;
            after = after.next();
        }
    }
    Ok(audit)
}

/// The last entry that a checkpoint covers.
pub fn last_signed(db: &mut Db) -> Result<Option<Seq>, StoreError> {
    let signed = tree::latest_checkpoint(db)?;
    Ok(signed.map(|signed| Seq(i64::try_from(signed.head.size).unwrap_or(i64::MAX))))
}

/// Of which unit, and as of when.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditFolderQuery {
    /// The totals are of this unit and those under it.
    unit: UnitId,
    /// As of this journal entry, instant or day; by default as of the last signed checkpoint.
    as_of: Option<AsOf>,
}

/// Exports the folder that proves a unit's totals
///
/// A ZIP archive: the journal's entries up to one, the totals, the signed checkpoint, the proof between both, and a
/// script that checks it all with Python's standard library (docs/PROOF.md). For who reads the whole journal: admins
/// and auditors of the unit that all are under. The journal records who took it out, as an export of the journal.
#[utoipa::path(
    tag = "exports",
    params(AuditFolderQuery),
    responses((status = 200, description = "The archive", content((FileBytes = "application/zip")), headers(
        ("Hourbook-As-Of" = Seq, description = "The journal entry as of which the totals are"),
        ("Hourbook-Rows" = Count, description = "How many entries the folder has"),
    ))),
    security(("bearer" = ["auditor", "admin"])),
    extensions(("x-refusals" = json!(["unit_not_found", "checkpoint_not_found"]))),
)]
#[get("/exports/audit-folder")]
pub async fn export_audit_folder(
    state: State,
    caller: Auditor,
    query: Query<AuditFolderQuery>,
) -> Result<HttpResponse, ApiError> {
    let AuditFolderQuery { unit, as_of } = query.0;
    let verifiers = state.log_keys.verifiers().iter().map(ToString::to_string).collect();
    let folder = Archive { role: caller.0.role, unit, as_of, present: state.present(), verifiers };
    let download = Download::open(&state, caller.0, folder).await?;
    let counted = download.counted;
    let filter = ExportFilter { unit: Some(unit), ..ExportFilter::default() };
    note(&state, caller.0, ExportFormat::Ndjson, (Exported::Journal, filter), counted).await?;
    let file = format!("attachment; filename=\"audit-as-of-{}.zip\"", counted.as_of);
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/zip"))
        .insert_header((CONTENT_DISPOSITION, file))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((AS_OF_HEADER, counted.as_of.0))
        .insert_header((ROWS_HEADER, counted.rows))
        .body(download.send()))
}

/// The folder as an archive.
struct Archive {
    role: Role,
    unit: UnitId,
    as_of: Option<AsOf>,
    present: Present,
    verifiers: Vec<String>,
}

impl Archive {
    /// The entry as of which the folder is.
    fn entry(&self, db: &mut Db) -> Result<Result<Seq, ApiError>, StoreError> {
        let signed = last_signed(db)?;
        let asked = match self.as_of {
            Some(_) => match entry_asked(db, self.as_of, self.present)? {
                Ok(asked) => Some(asked),
                Err(refusal) => return Ok(Err(refusal)),
            },
            None => signed,
        };
        Ok(asked
            .filter(|asked| signed.is_some_and(|signed| *asked <= signed))
            .ok_or(ApiError::CheckpointNotFound))
    }
}

impl Content for Archive {
    fn count(&mut self, db: &mut Db, scope: Scope) -> Result<Result<Counted, ApiError>, StoreError> {
        if journal::readable(db, self.role, scope)? != Scope::All {
            return Ok(Err(general::Refusal::NotPermitted.into()));
        }
        if units::get(db, scope, self.unit)?.is_none() {
            return Ok(Err(unit::Refusal::UnitNotFound.into()));
        }
        Ok(self.entry(db)?.map(|as_of| Counted { as_of, rows: as_of.0, left_out: None }))
    }

    fn write(self, db: &mut Db, _: Scope, sink: Sink) -> Result<Sink, Broken> {
        let corrupt = |error: &dyn std::fmt::Display| Broken::Store(StoreError::corrupt(error.to_string()));
        let as_of = self.entry(db)?.map_err(|error| corrupt(&error))?;
        let mut archive = ZipWriter::new_stream(sink);
        write(db, &mut archive, (self.unit, as_of), self.verifiers).map_err(|error| match error {
            FolderError::Io(error) => Broken::Off(error),
            FolderError::Store(error) => Broken::Store(error),
            other => corrupt(&other),
        })?;
        let written = archive.finish().map_err(|error| Broken::Off(error.into()))?;
        Ok(written.into_inner())
    }
}

impl Place for ZipWriter<StreamWriter<Sink>> {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        // Entries may come to more than four gigabytes.
        self.start_file(name, SimpleFileOptions::default().large_file(true)).map_err(io::Error::from)
    }
}
