//! Files that were imported: rows that are brought in again are known by keys that follow from their content.

use super::set::Set;
use super::transcript::{Caller, Exchange};
use crate::support::database::Directory;
use crate::support::http::App;
use crate::support::process::{Ended, Secrets, run};
use hourbook::store::DbUrl;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Kinds of file, in the order in which they come in.
pub const KINDS: [&str; 2] = ["roster", "records"];

/// People with all that a roster can say of them, and with as little as it must.
const ROSTER: &str = "\
姓名,性别,出生日期,证件类型,证件号码,手机号,单位代码,居住地,技能,服务类别,党员,入党日期,同意时间,同意书版本,监护人,监护人同意时间,单独同意时间
陈晨,女,1990-05-20,护照,G7654321,13900000001,SCHOOL-1,新华区,急救、手语,助学,是,2010-07-01,2026-09-01 08:00,2026-1,,,
何小小,男,2014-05-20,港澳居民来往内地通行证,H7654321,13900000002,SCHOOL-1,,,,,,2026-09-01 08:00,2026-1,何大大,2026-09-01 08:00,2026-09-01 08:00
林一,女,1988-01-02,护照,G7654322,13900000003,TEAM-1,,,,,,2026-09-01 08:00,2026-1,,,
";

/// Brings a file in, in the name of the operator who approves.
fn import(url: &DbUrl, kind: &str, file: &Path) -> Ended {
    let DbUrl::Sqlite(database) = url else { panic!("golden ledgers are files") };
    let url = format!("sqlite://{}", database.display());
    let (secrets, data) = (Secrets::new(), Directory::new("golden-import"));
    let fixed = ["import", kind, file.to_str().unwrap(), "--operator", "approver", "--database-url", &url];
    let secrets = secrets.options();
    let folder = ["--data-dir", data.path().to_str().unwrap()];
    let all: Vec<&str> = fixed.into_iter().chain(folder).chain(secrets.iter().map(String::as_str)).collect();
    run(&all)
}

/// Service of one volunteer, with every evidence that a file can have long after, and occasions.
fn records(app: &App, admin: &Caller) -> String {
    let first = |path: &str, name: &str| -> Value {
        let page = Exchange::read(app, admin, path).value();
        let found = page["items"].as_array().unwrap().iter().rfind(|item| item["name"] == name);
        found.unwrap_or_else(|| panic!("no {name}: {page}"))["id"].clone()
    };
    let lake = first("/v1/activities?limit=200", "我爱白龟湖");
    let donation = first("/v1/activities?limit=200", "无偿献血");
    let volunteers = Exchange::read(app, admin, "/v1/volunteers?status=active&limit=200").value();
    let number = |at: usize| volunteers["items"][at]["number"].as_str().unwrap().to_owned();
    let [lake, donation] = [lake, donation].map(|id| id.as_str().unwrap().to_owned());
    let rows: String = ["import", "backfill"]
        .iter()
        .enumerate()
        .map(|(at, evidence)| {
            let day = 24 + at;
            format!("{},{lake},2026-09-{day} 19:00,2026-09-{day} 20:30,{evidence},,漏登\n", number(0))
        })
        .collect();
    format!(
        "volunteer,activity,started_at,ended_at,evidence,count,reason\n{rows}\
         {},{donation},2026-09-29 19:00,2026-09-29 20:00,import,2,漏登\n",
        number(1)
    )
}

/// The files that are to be imported.
pub fn write(app: &App, admin: &Caller, folder: &Path) {
    fs::create_dir(folder).unwrap();
    fs::write(folder.join("roster.csv"), ROSTER).unwrap();
    fs::write(folder.join("records.csv"), records(app, admin)).unwrap();
}

/// Brings the files in twice, and writes down what is said of them the second time.
pub fn bring_in(url: &DbUrl, folder: &Path) {
    for kind in KINDS {
        let file = folder.join(format!("{kind}.csv"));
        let first = import(url, kind, &file);
        assert!(first.code == Some(0) && first.stdout.contains("created "), "{first:?}");
        let second = import(url, kind, &file);
        assert_eq!(second.stdout.matches("imported before").count(), second.stdout.lines().count() - 1);
        fs::write(folder.join(format!("{kind}.txt")), second.stdout).unwrap();
    }
}

/// Demands that the set's files, brought in once more, change nothing.
pub fn assert_known(set: &Set, url: &DbUrl) {
    for kind in KINDS {
        let again = import(url, kind, &set.path(&format!("imports/{kind}.csv")));
        let said = set.text(&format!("imports/{kind}.txt"));
        assert_eq!((again.code, &again.stdout), (Some(0), &said), "{again:?}");
    }
}
