//! What auditors and other readers leave in the journal: exports, and findings that they dismissed.

use super::{Asked, Generator, Sight};
use hourbook::domain::Command;
use hourbook::domain::actor::Role;
use hourbook::domain::dismissal::{DismissFinding, FindingId};
use hourbook::domain::export::{Dimension, ExportFilter, ExportFormat, Exported, RecordExport};
use hourbook::domain::finding::FindingRule;
use hourbook::domain::ids::Seq;
use strum::VariantArray;

impl Generator {
    pub(super) fn record_export(&mut self, sight: Sight) -> Asked {
        let things = [
            Exported::MinutesTotals,
            Exported::PointsTotals,
            Exported::ServiceRecords,
            Exported::Statements,
            Exported::Journal,
        ];
        let formats = [ExportFormat::Csv, ExportFormat::Ndjson, ExportFormat::Xlsx];
        let filter = ExportFilter {
            unit: self.random.percent(60).then(|| self.unit()),
            volunteer: self.random.percent(30).then(|| self.volunteer(sight)),
            from: self.random.percent(30).then(|| self.day(sight, -30, 0)),
            group_by: if self.random.percent(30) { [Dimension::Month].into() } else { [].into() },
            ..ExportFilter::default()
        };
        let command = RecordExport {
            exported: self.random.pick(&things).unwrap(),
            format: self.random.pick(&formats).unwrap(),
            filter,
            as_of: Seq(self.random.between(0..=1_000)),
            rows: self.random.between(0..=1_000_000),
        };
        (self.anybody(), Command::RecordExport(command))
    }

    /// Now and then one that has been dismissed.
    pub(super) fn dismiss_finding(&mut self, sight: Sight) -> Asked {
        let fresh = FindingId(self.random.bytes());
        let finding =
            if self.random.percent(30) { self.some(|known| &known.dismissed, fresh) } else { fresh };
        let unit = self.unit();
        let row = sight.pure.world.unit(unit).ok().cloned();
        let actor = if self.random.percent(70) {
            self.actor_who(sight, |operator| match (operator.role, &row) {
                (Role::Admin, _) => true,
                (Role::Auditor, Some(row)) => operator.audits(row),
                _ => false,
            })
        } else {
            self.anybody()
        };
        let rule = self.random.pick(FindingRule::VARIANTS).unwrap();
        let (reason, somebody) = (self.note(), self.volunteer(sight));
        let about =
            self.random.percent(50).then_some(somebody).filter(|id| sight.pure.world.volunteer(*id).is_ok());
        (actor, Command::DismissFinding(DismissFinding { finding, rule, unit, reason, about }))
    }
}
