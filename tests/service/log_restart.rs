//! A ledger that lacks what was signed stands still until an operator says that it goes on, under a log of another name.

use crate::support::clock::{TestClock, within_a_while};
use crate::support::database::Directory;
use crate::support::each_database;
use crate::support::http::{App, NOON, log_key_text, log_keys};
use crate::support::process::{Replica, Secrets, run};
use crate::support::thief::Thief;
use crate::support::town::Town;
use crate::support::writer::options;
use hourbook::journal::LogKeys;
use hourbook::store::DbUrl;
use serde_json::json;
use std::fs;
use std::sync::Arc;

#[test]
fn a_restored_backup_is_not_written_to_until_the_log_is_restarted() {
    each_database("log-restart", |url| {
        let app = App::start_with(&url, &Arc::new(TestClock::at(NOON)), &options());
        let town = Town::found(&app);
        let data = Directory::new("data");
        app.seal(&data).unwrap();
        let mut thief = Thief::at(&app);
        thief.keep_a_copy();
        town.volunteer();
        app.seal(&data).unwrap();
        let (admin, bureau) = (town.admin.clone(), town.bureau.clone());
        drop(app);
        // The backup has no entry that was made after it; the sealer remembers that it signed some.
        thief.put_the_copy_back();

        let secrets = Secrets::new();
        let database = match &url {
            DbUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
            DbUrl::Postgres(url) => url.clone(),
        };
        let data_dir = data.path().to_str().unwrap();
        fs::write(data.path().join("log-keys.pub"), format!("{}\n", log_keys().verifiers()[0])).unwrap();
        let key_file = data.path().join("log-key");
        fs::write(&key_file, log_key_text()).unwrap();
        let all = secrets.options();
        let mut options: Vec<&str> = vec!["--database-url", &database, "--data-dir", data_dir];
        for pair in all.chunks(2) {
            let value = if pair[0] == "--log-key-file" { key_file.to_str().unwrap() } else { &pair[1] };
            options.extend([pair[0].as_str(), value]);
        }
        let unit = |code: &str| json!({ "code": code, "name": "新学校", "kind": "school", "parent": bureau });

        let replica = Replica::start(&options);
        within_a_while("it is ready", || replica.get("/readyz", "").status == 503);
        replica.get("/readyz", "").refused(503, "journal_in_doubt");
        replica.post("/v1/units", &admin, unit("LOST")).refused(503, "unavailable");
        replica.get("/v1/units", &admin).ok();
        drop(replica);

        let no_badge: Vec<&str> = options.clone();
        let restart = |more: &[&str]| run(&[&["log", "restart"], &no_badge[..], more].concat());
        assert_eq!(restart(&[]).code, Some(2), "without a reason");
        let same_name = restart(&["--because", "备份恢复"]);
        assert_eq!(same_name.code, Some(2), "{same_name:?}");
        assert!(same_name.stderr.contains("put a new one in its place"), "{same_name:?}");
        let other = LogKeys::private_text("hours.example.org/log-2", &[45; 32]).unwrap();
        fs::write(&key_file, &other).unwrap();
        let restarted = restart(&["--because", "备份恢复"]);
        assert_eq!(restarted.code, Some(0), "{restarted:?}");
        assert_eq!(restart(&["--because", "再来"]).code, Some(2), "there is nothing to restart");

        let replica = Replica::start(&options);
        replica.get("/readyz", "").ok();
        replica.post("/v1/units", &admin, unit("FOUND")).created();
        within_a_while("the new log signs nothing", || {
            replica.get("/log/checkpoint", "").text.starts_with("hours.example.org/log-2\n")
        });
        drop(replica);
        let of_the_ledger = secrets.of_the_ledger();
        let of_the_ledger: Vec<&str> = of_the_ledger.iter().map(String::as_str).collect();
        let place = ["verify", "--database-url", &database, "--data-dir", data_dir];
        let verified = run(&[&place[..], &of_the_ledger].concat());
        assert_eq!(verified.code, Some(0), "{verified:?}");
        assert!(
            verified.stdout.contains("was set aside at") && verified.stdout.contains("备份恢复"),
            "{verified:?}"
        );
    });
}
