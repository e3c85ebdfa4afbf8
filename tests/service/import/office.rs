//! An office that brings files in: a bureau with two schools, their operators, and the program.

use crate::support::clock::TestClock;
use crate::support::commands::{create_programme, create_unit, interval};
use crate::support::database::Directory;
use crate::support::each_database;
use crate::support::http::{badge_pem, log_key_text, token_pem};
use crate::support::writer::Writer;
use chrono::{Duration, Utc};
use hourbook::domain::Command;
use hourbook::domain::activity::recruitment::Recruitment;
use hourbook::domain::activity::{ActivityDetails, CreateActivity, Measure};
use hourbook::domain::actor::{Actor, Role};
use hourbook::domain::ids::{ActivityId, OperatorId, ProgrammeId, UnitId};
use hourbook::domain::operator::{CreateOperator, Login};
use hourbook::domain::record::CreditRecord;
use hourbook::domain::time::{Interval, Timestamp};
use hourbook::engine::Receipt;
use hourbook::journal::commit;
use hourbook::store::head::{self, Head};
use hourbook::store::sql::Sql;
use hourbook::store::{Db, DbUrl};
use std::fs;
use std::path::PathBuf;
use std::process;
use std::sync::Arc;

/// Runs a case in an office on SQLite, and in one on PostgreSQL.
pub fn each_office(label: &str, case: impl Fn(&Office)) {
    each_database(label, |url| case(&Office::open(&url)));
}

/// Units `SCHOOL-1` and `SCHOOL-2` under `BUREAU`; `admin` answers for all, `coordinator` for the first
/// school, `auditor` looks at it.
pub struct Office {
    url: DbUrl,
    folder: Directory,
    pub school: UnitId,
    programme: ProgrammeId,
    pub coordinator: Actor,
    /// Of the first school, open all November 2025.
    pub activity: ActivityId,
    /// Of the first school, all November 2025; counts occasions.
    pub donation: ActivityId,
}

/// What the program said.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Office {
    fn open(url: &DbUrl) -> Self {
        let clock = Arc::new(TestClock::at("2025-12-01T09:00:00+08:00"));
        let writer = Writer::start(url, &clock);
        let made = |command| writer.ask(Actor::System, command).unwrap().seq;
        let bureau = UnitId::new(made(create_unit("BUREAU", None)));
        let school = UnitId::new(made(create_unit("SCHOOL-1", Some(bureau))));
        made(create_unit("SCHOOL-2", Some(bureau)));
        let programme = ProgrammeId::new(made(create_programme(bureau)));
        let activity = |measure| ActivityId::new(made(create_activity(programme, school, measure)));
        let (donation, activity) = (activity(Measure::Count), activity(Measure::Minutes));
        made(appoint("admin", Role::Admin, None));
        made(appoint("auditor", Role::Auditor, Some(school)));
        let coordinator = OperatorId::new(made(appoint("coordinator", Role::Coordinator, Some(school))));
        writer.stop();
        let (url, folder) = (url.clone(), Directory::new("office"));
        Self { url, folder, school, programme, coordinator: Actor::Operator(coordinator), activity, donation }
    }

    /// A file of the office.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Where a file of the office is or would be.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Brings a roster in, in the name of an operator.
    pub fn import_roster(&self, file: &str, operator: &str, options: &[&str]) -> Run {
        self.run(&[&["import", "roster", file, "--operator", operator], options].concat())
    }

    /// Brings service records in, in the name of an operator.
    pub fn import_records(&self, file: &str, operator: &str, options: &[&str]) -> Run {
        self.run(&[&["import", "records", file, "--operator", operator], options].concat())
    }

    /// Credits what was brought in: nobody's own to credit.
    pub fn credit(&self, record: &str) {
        let record = record.parse().unwrap();
        self.ask(Command::CreditRecord(CreditRecord { record, deductions: vec![] }));
    }

    /// An activity that began three days ago and is open tomorrow, by the real clock that the program goes by.
    pub fn lately(&self, measure: Measure) -> ActivityId {
        let now = Timestamp::try_from(Utc::now()).unwrap();
        let window = Interval { start: now.plus(Duration::days(-3)), end: now.plus(Duration::days(1)) };
        ActivityId::new(self.ask(create_activity_within(self.programme, self.school, measure, window)).seq)
    }

    /// Runs the program with the keys of all tests.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let url = match &self.url {
            DbUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
            DbUrl::Postgres(url) => url.clone(),
        };
        let output = process::Command::new(env!("CARGO_BIN_EXE_hourbook"))
            .args(arguments)
            .env("HOURBOOK_DATABASE_URL", url)
            .env("HOURBOOK_DATA_DIR", self.folder.path())
            .env("HOURBOOK_ENCRYPTION_KEY", "11".repeat(32))
            .env("HOURBOOK_BLIND_INDEX_KEY", "22".repeat(32))
            .env("HOURBOOK_LOG_KEY", log_key_text())
            .env("HOURBOOK_TOKEN_KEY", token_pem())
            .env("HOURBOOK_BADGE_KEY", badge_pem())
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Asks the ledger past the program.
    pub fn ask(&self, command: Command) -> Receipt {
        self.ask_as(Actor::System, command)
    }

    /// The same, as somebody.
    pub fn ask_as(&self, actor: Actor, command: Command) -> Receipt {
        let clock = Arc::new(TestClock::at("2025-12-02T09:00:00+08:00"));
        let writer = Writer::start(&self.url, &clock);
        let receipt = writer.ask(actor, command).unwrap();
        writer.stop();
        receipt
    }

    pub fn is_on_sqlite(&self) -> bool {
        matches!(self.url, DbUrl::Sqlite(_))
    }

    /// The file that keeps a second writer away from an SQLite file.
    pub fn lock_file(&self) -> PathBuf {
        let DbUrl::Sqlite(path) = &self.url else { panic!("only SQLite has one") };
        path.with_extension("db.lock")
    }

    pub fn db(&self) -> Db {
        Db::open(&self.url).unwrap()
    }

    pub fn head(&self) -> Head {
        head::read(&mut self.db()).unwrap()
    }

    /// How many rows a table has.
    pub fn count(&self, table: &str) -> i64 {
        self.db().number(Sql::new(format!("SELECT COUNT(*) FROM {table}"))).unwrap().unwrap()
    }

    /// Demands that everything derived follows from the journal.
    pub fn assert_verified(&self) {
        let scratch = self.folder.path().to_str().unwrap();
        let run = self.run(&["verify", "--scratch-dir", scratch, "--allow-unsigned"]);
        assert_eq!(run.code, 0, "{run:?}");
    }
}

impl Run {
    /// The last line, and what was said of each row before it.
    pub fn rows(&self) -> (Vec<&str>, &str) {
        let mut lines: Vec<&str> = self.out.lines().collect();
        let last = lines.pop().unwrap_or_else(|| panic!("nothing was said: {self:?}"));
        (lines, last)
    }

    /// What was said of a line.
    #[track_caller]
    pub fn of_line(&self, line: u64) -> &str {
        let start = format!("line {line}: ");
        let said = self.out.lines().find_map(|said| said.strip_prefix(&start));
        said.unwrap_or_else(|| panic!("nothing about line {line}: {self:?}"))
    }

    /// The id of what was made of a line, or stood there before.
    #[track_caller]
    pub fn id_of_line(&self, line: u64) -> &str {
        let said = self.of_line(line);
        let rest = ["created ", "unchanged "].iter().find_map(|outcome| said.strip_prefix(outcome));
        rest.unwrap_or_else(|| panic!("line {line}: {said}")).split(':').next().unwrap()
    }
}

fn create_activity(programme: ProgrammeId, unit: UnitId, measure: Measure) -> Command {
    let window = interval("2025-11-01T00:00:00+08:00", "2025-12-01T00:00:00+08:00");
    create_activity_within(programme, unit, measure, window)
}

fn create_activity_within(
    programme: ProgrammeId,
    unit: UnitId,
    measure: Measure,
    window: Interval,
) -> Command {
    let name = "我爱白龟湖".parse().unwrap();
    let details = ActivityDetails {
        name,
        place: None,
        window,
        headcount: None,
        leader: None,
        recruitment: Recruitment::default(),
    };
    Command::CreateActivity(CreateActivity { programme, unit, measure, details, draft: false })
}

fn appoint(login: &str, role: Role, unit: Option<UnitId>) -> Command {
    let login = Login { login: login.parse().unwrap(), name: "李老师".parse().unwrap() };
    let login = commit(login, [7; 16]).unwrap();
    Command::CreateOperator(CreateOperator {
        login,
        password_hash: None,
        role,
        unit,
        volunteer: None,
        identity: None,
    })
}
