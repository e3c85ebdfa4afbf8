//! A story in which everything happens once at least, from September to December 2026: golden ledgers are
//! made of it. A new kind of event, and a new document in a column, get a line here.

use super::transcript::{Caller, Transcript};
use crate::support::database::Directory;
use crate::support::http::{App, id};
use crate::support::recruiting::told;
use crate::support::town::merged;
use crate::support::wechat::ticket;
use chrono::Duration;
use serde_json::{Value, json};

/// When the story begins.
pub const BEGIN: &str = "2026-09-21T09:00:00+08:00";
/// Of the one operator who has a password.
pub const LOGIN: &str = "golden-auditor";
pub const PASSWORD: &str = "correct horse 电池";

/// The calendar of the State Council for 2026.
const CALENDAR: &str = include_str!("../../../docs/calendar-2026.csv");

/// What is left to go on with.
pub struct Left {
    pub admin: Caller,
    /// An operator whose token is checked by the key that it was signed with.
    pub approver: Caller,
    /// Somebody with a little of everything.
    pub volunteer: Caller,
    pub held_redemption: Value,
    pub submitted_record: String,
}

/// Tells the story; `memory` is where the tree that was signed is remembered.
pub fn tell(script: &Transcript, memory: &Directory) -> Left {
    let city = City::found(script);
    let people = city.register();
    let records = city.serve(&people);
    city.bulk(&people);
    city.look_into_what_looks_wrong();
    let held_long = city.redeem(&people, &records);
    city.transfer(&people);
    city.pledge_and_honour(&people, &records);
    script.app.seal(memory).unwrap();

    script.app.clock.set("2026-10-10T09:00:00+08:00");
    script.app.sweep();
    city.notice(&people);
    city.correct(&people, &records);
    script.app.clock.set("2026-10-22T09:00:00+08:00");
    let submitted_record = city.enter_late(&people);
    city.certify(&people, &records);
    city.export(&people);
    city.attend(&people);
    city.end_and_change(&people);

    // Points, and then a gift, are about to expire.
    script.app.clock.set("2026-10-25T09:00:00+08:00");
    script.app.sweep();
    script.app.clock.set("2026-11-22T09:00:00+08:00");
    script.app.sweep();
    script.app.clock.set("2026-12-18T09:00:00+08:00");
    script.app.sweep();
    script.app.clock.set("2026-12-22T09:00:00+08:00");
    script.app.sweep();
    let redemption = script.get(&city.admin, &format!("/v1/redemptions/{held_long}"));
    assert_eq!(redemption["status"], "expired");
    let held_redemption = city.leave_open(&people);
    script.app.seal(memory).unwrap();
    Left {
        admin: city.admin.clone(),
        approver: city.approver.clone(),
        volunteer: people.li.caller.clone(),
        held_redemption,
        submitted_record,
    }
}

/// A bureau, a district under it with two schools, and who acts for them.
struct City<'a, 'b> {
    script: &'b Transcript<'a>,
    admin: Caller,
    bureau: String,
    district: String,
    school: String,
    other_school: String,
    bureau_coordinator: Caller,
    /// Enters records of the school.
    recorder: Caller,
    /// Credits them.
    approver: Caller,
    other_coordinator: Caller,
    auditor: Caller,
    /// Of the bureau, with brands and a category.
    programme: String,
    /// Of the district, with a name only.
    plain_programme: String,
    /// Of the school in September, measured in minutes.
    activity: String,
    /// Of the school, measured in occasions.
    counted: String,
    other_activity: String,
}

struct Volunteer {
    id: String,
    caller: Caller,
}

/// Volunteers of the school, and one of the other school.
struct People {
    wang: Volunteer,
    li: Volunteer,
    han: Volunteer,
    child: Volunteer,
    zhao: Volunteer,
    sun: Volunteer,
    zhou: Volunteer,
    wu: Volunteer,
    qian: Volunteer,
    feng: Volunteer,
    wei: Volunteer,
    wei_again: Volunteer,
    zheng: Volunteer,
}

/// Credited records that later chapters speak of.
struct Records {
    of_wang: String,
    first_of_li: String,
    second_of_li: String,
    of_zhou: String,
    of_wu: String,
    of_sun: String,
}

/// An instant of 2026 on the city's clock: `at("09-15T09:00")`.
fn at(time: &str) -> String {
    format!("2026-{time}:00+08:00")
}

impl<'a, 'b> City<'a, 'b> {
    fn app(&self) -> &'a App {
        self.script.app
    }

    fn post(&self, caller: &Caller, path: &str, body: Value) -> Value {
        self.script.post(caller, path, body)
    }

    /// A step of a thing: `/v1/things/{id}/step`.
    fn step(&self, caller: &Caller, things: &str, of: &str, step: &str, body: Value) -> Value {
        self.post(caller, &format!("/v1/{things}/{of}/{step}"), body)
    }

    fn found(script: &'b Transcript<'a>) -> Self {
        let token = script.app.admin();
        let me = script.app.get("/v1/me", &token).ok();
        let actor = me["actor"].as_str().unwrap_or_else(|| panic!("who? {me}"));
        let id_of_admin = actor.strip_prefix("operator:").unwrap().to_owned();
        let admin = Caller::Operator { id: id_of_admin, role: "admin".to_owned(), unit: None };
        let unit = |code: &str, name: &str, kind: &str, parent: Option<&str>| {
            let unit = json!({ "code": code, "name": name, "kind": kind, "parent": parent });
            id(&script.post(&admin, "/v1/units", unit))
        };
        let bureau = unit("EDU-SPORTS", "市教育体育局", "bureau", None);
        let district = unit("DISTRICT", "新华区", "department", Some(&bureau));
        let school = unit("SCHOOL-1", "市第一中学", "school", Some(&district));
        let other_school = unit("SCHOOL-2", "市第二中学", "school", Some(&district));
        unit("TEAM-1", "志愿红队", "team", Some(&school));
        let operator = |login: &str, role: &str, unit: &str, other: Value| {
            let number = script.exchanges.borrow().len();
            let document = json!({ "kind": "passport", "number": format!("P{number:07}") });
            let usual =
                json!({ "login": login, "name": "李老师", "role": role, "unit": unit, "document": document });
            let id = id(&script.post(&admin, "/v1/operators", merged(usual, other)));
            Caller::Operator { id, role: role.to_owned(), unit: Some(unit.to_owned()) }
        };
        let none = json!({});
        let mut city = Self {
            script,
            bureau_coordinator: operator("bureau", "coordinator", &bureau, none.clone()),
            recorder: operator("recorder", "coordinator", &school, none.clone()),
            approver: operator("approver", "coordinator", &school, none.clone()),
            other_coordinator: operator("other", "coordinator", &other_school, none),
            auditor: operator(LOGIN, "auditor", &bureau, json!({ "password": PASSWORD })),
            admin,
            bureau,
            district,
            school,
            other_school,
            programme: String::new(),
            plain_programme: String::new(),
            activity: String::new(),
            counted: String::new(),
            other_activity: String::new(),
        };
        city.plan();
        city.set_terms();
        city
    }

    /// Programmes and activities, changed, closed and cancelled, too.
    fn plan(&mut self) {
        let programme = |unit: &str, other: Value| {
            let body = merged(json!({ "unit": unit, "name": "绿水青山守护行" }), other);
            id(&self.post(&self.admin, "/v1/programmes", body))
        };
        let tagged = json!({ "brands": ["点亮人生终身学习", "志愿红"], "category": "生态环保" });
        let rich = programme(&self.bureau, tagged);
        let plain = programme(&self.district, json!({}));
        let closed = programme(&self.school, json!({ "brands": ["春风行动"] }));
        let renamed = json!({ "name": "爱心助考", "brands": ["爱心"], "category": "助学" });
        self.script.put(&self.approver, &format!("/v1/programmes/{closed}"), renamed);
        self.step(&self.approver, "programmes", &closed, "close", json!({}));

        let september = json!({ "start": at("09-14T00:00"), "end": at("10-01T00:00") });
        let activity = |caller: &Caller, unit: &str, programme: &str, other: Value| {
            let usual = json!({
                "programme": programme, "unit": unit, "name": "我爱白龟湖", "window": september,
            });
            id(&self.post(caller, "/v1/activities", merged(usual, other)))
        };
        let approver = &self.approver;
        let lake = json!({ "place": "白龟湖畔", "headcount": 40, "measure": "minutes" });
        let lake = activity(approver, &self.school, &rich, lake);
        let counted =
            activity(approver, &self.school, &plain, json!({ "measure": "count", "name": "无偿献血" }));
        let other = activity(&self.other_coordinator, &self.other_school, &rich, json!({}));
        let off = activity(approver, &self.school, &plain, json!({}));
        let moved = json!({ "name": "改期的活动", "place": "体育馆", "window": september, "headcount": 2 });
        self.script.put(approver, &format!("/v1/activities/{off}"), moved);
        self.step(approver, "activities", &off, "cancel", json!({}));
        (self.programme, self.plain_programme) = (rich, plain);
        (self.activity, self.counted, self.other_activity) = (lake, counted, other);
    }

    /// Headcounts, the calendar, points policies, star schemes, assessment schemes.
    fn set_terms(&self) {
        for (unit, staff, members) in [(&self.school, 12, 4), (&self.other_school, 5, 0)] {
            let people = json!({ "effective_from": "2026-09-01", "staff": staff, "party_members": members });
            self.step(&self.bureau_coordinator, "units", unit, "headcounts", people);
        }
        let minutes = json!({ "a_record": 1440, "a_month": 44_640 });
        let alone = json!({ "one_person_minutes": minutes, "leader_hours": 240 });
        self.step(&self.admin, "units", &self.bureau, "crediting-policy", alone);
        let seen = json!({ "credits_seen": false });
        self.step(&self.bureau_coordinator, "units", &self.other_school, "crediting-policy", seen);
        let days: Vec<Value> = CALENDAR
            .lines()
            .skip(1)
            .map(|line| line.split_once(',').unwrap())
            .map(|(day, kind)| json!({ "day": day, "kind": kind }))
            .collect();
        self.post(&self.admin, "/v1/calendar", json!({ "days": days }));

        let policy = |body: Value| self.post(&self.admin, "/v1/points-policies", body);
        policy(json!({
            "effective_from": "2026-01-01", "points_per_hour": "1", "points_per_count": "5",
            "earning_grades": ["scan", "geo", "leader"], "validity": { "kind": "months", "months": 2 },
        }));
        policy(json!({
            "effective_from": "2026-10-01", "points_per_hour": "1.50", "points_per_count": "0.01",
            "earning_grades": ["scan", "geo", "leader", "import", "backfill"],
            "programme_coefficients": [
                { "programme": self.programme, "coefficient": "2" },
                { "programme": self.plain_programme, "coefficient": "0.5" },
            ],
            "category_coefficients": [
                { "category": "助学", "coefficient": "1.25" }, { "category": "急救", "coefficient": "3" },
            ],
            "validity": { "kind": "until", "date": "2027-06-30" }, "monthly_quota": "20",
        }));
        policy(json!({
            "effective_from": "2027-01-01", "points_per_hour": "0", "points_per_count": "0",
            "earning_grades": ["scan"], "validity": { "kind": "unlimited" },
        }));

        let stars = |from: &str, minutes: Value, grades: Value| {
            let scheme =
                json!({ "effective_from": from, "threshold_minutes": minutes, "counting_grades": grades });
            self.post(&self.admin, "/v1/star-schemes", scheme);
        };
        stars("2026-09-21", json!([60, 180, 600]), json!(["scan", "geo", "leader", "backfill"]));
        stars("2027-01-01", json!([6000]), json!(["scan"]));

        let indicator = |code: &str, kind: &str, [comparison, threshold, weight]: [&str; 3], other: Value| {
            let usual = json!({
                "code": code, "kind": kind, "comparison": comparison, "threshold": threshold,
                "weight": weight,
            });
            merged(usual, other)
        };
        let none = || json!({});
        let indicators = json!([
            indicator("注册率", "registration_rate", ["at_least", "0.5", "10"], none()),
            indicator("活跃率", "active_rate", ["at_least", "0.8", "10"], none()),
            indicator("职工均时", "minutes_per_staff", ["at_least", "60", "5.5"], none()),
            indicator("人均时长", "minutes_per_registered", ["at_least", "150", "5"], none()),
            indicator("党员达标率", "party_share", ["at_least", "0.25", "7"], json!({ "minutes": 60 })),
            indicator("二星率", "star_share", ["at_least", "0.1", "5"], json!({ "star": 2 })),
            indicator("一星人数", "star_count", ["at_least", "3", "5"], json!({ "star": 1 })),
            indicator("及时率", "timeliness", ["at_least", "0.9", "10"], none()),
            indicator("补录率", "backfill_share", ["at_most", "0.4", "10"], none()),
            indicator("作废率", "voided_share", ["at_most", "0.0001", "10"], none()),
            indicator("活动场次", "events_held", ["at_least", "1", "2.25"], none()),
        ]);
        let scheme = json!({ "name": "2026年度量化考核", "indicators": [indicators[0]] });
        let first = id(&self.post(&self.admin, "/v1/assessment-schemes", scheme));
        let scheme = json!({ "name": "2026年度量化考核", "indicators": indicators, "replaces": first });
        self.post(&self.admin, "/v1/assessment-schemes", scheme);
    }

    /// People of every kind of document and age, with all that may be said of them.
    fn register(&self) -> People {
        let register = |unit: &str, name: &str, other: Value| {
            let number = self.script.exchanges.borrow().len();
            let usual = json!({
                "unit": unit, "name": name, "gender": "female", "birth_date": "1990-05-20",
                "document": { "kind": "passport", "number": format!("E{number:07}") },
                "mobile": format!("138{number:08}"),
                "consent": { "given_at": "2026-09-20T09:00:00+08:00", "text_version": "2026-1" },
            });
            let id = id(&self.post(&self.recorder_of(unit), "/v1/volunteers", merged(usual, other)));
            Volunteer { caller: Caller::Volunteer { id: id.clone() }, id }
        };
        let of_school = |name: &str, other: Value| register(&self.school, name, other);
        let everything = json!({
            "birth_date": "1949-12-31",
            "document": { "kind": "resident_identity", "number": "11010519491231002X" },
            "residence": "河南省平顶山市新华区", "skills": ["急救", "手语"],
            "service_categories": ["生态环保", "助学"],
            "political_status": [
                { "party_member": true, "effective_from": "1980-07-01" },
                { "party_member": false, "effective_from": "2026-12-01" },
            ],
        });
        let guardian = json!({
            "name": "韩大海", "given_at": "2026-09-20T09:00:00+08:00", "text_version": "2026-1",
        });
        let separate = json!({ "given_at": "2026-09-20T09:30:00.123456+08:00", "text_version": "2026-2" });
        let of_child = merged(guardian.clone(), json!({ "separate_consent": separate }));
        let document = |kind: &str, number: &str| json!({ "gender": "male", "document": { "kind": kind, "number": number } });
        let member =
            json!({ "political_status": [{ "party_member": true, "effective_from": "2020-07-01" }] });
        People {
            wang: of_school("王小明", everything),
            li: of_school("李雷", member),
            han: of_school("韩梅梅", json!({ "birth_date": "2010-05-20", "guardian_consent": guardian })),
            child: of_school("韩小妹", json!({ "birth_date": "2014-05-20", "guardian_consent": of_child })),
            zhao: of_school("赵敏", document("hong_kong_macao_permit", "H12345678")),
            sun: of_school("孙悦", document("taiwan_permit", "12345678")),
            zhou: of_school("周周", json!({})),
            wu: of_school("吴桐", json!({})),
            qian: of_school("钱多", json!({})),
            feng: of_school("冯远", json!({})),
            zheng: register(&self.other_school, "郑和", json!({})),
            wei: of_school("魏来", json!({})),
            wei_again: of_school("魏来", json!({})),
        }
    }

    fn recorder_of(&self, unit: &str) -> Caller {
        if unit == self.school { self.recorder.clone() } else { self.other_coordinator.clone() }
    }

    /// Service at the school's activity in September that its leader saw, but for what is said otherwise.
    fn service(&self, of: &Volunteer, start: &str, end: &str, other: Value) -> Value {
        let usual = json!({
            "activity": self.activity, "volunteer": of.id, "start": at(start), "end": at(end),
            "evidence": "leader",
        });
        merged(usual, other)
    }

    /// What volunteers enter, they claim.
    fn submit(&self, caller: &Caller, service: Value) -> String {
        let claims = matches!(caller, Caller::Volunteer { .. });
        let service = if claims { merged(service, json!({ "evidence": "claimed" })) } else { service };
        id(&self.post(caller, "/v1/service-records", service))
    }

    fn credit(&self, caller: &Caller, record: &str, body: Value) {
        self.step(caller, "service-records", record, "credit", body);
    }

    /// Enters service and credits it in the same step.
    fn served(&self, of: &Volunteer, start: &str, end: &str, other: Value) -> String {
        let service = self.service(of, start, end, merged(json!({ "credit": true }), other));
        self.submit(&self.approver, service)
    }

    fn serve(&self, people: &People) -> Records {
        let People { wang, li, han, zhao, sun, zhou, wu, qian, zheng, child, .. } = people;
        let (recorder, approver) = (&self.recorder, &self.approver);
        let breaks = json!({ "breaks": [
            { "start": at("09-15T10:00"), "end": at("09-15T10:15") },
            { "start": at("09-15T11:00"), "end": at("09-15T11:05") },
        ] });
        let of_wang = self.submit(recorder, self.service(wang, "09-15T09:00", "09-15T14:00", breaks));
        let deductions = json!({ "deductions": [
            { "minutes": 5, "reason": "迟到" }, { "minutes": 15, "reason": "早退" },
        ] });
        self.credit(approver, &of_wang, deductions);
        let first_of_li = self.served(li, "09-15T09:00", "09-15T11:00", json!({}));
        let second_of_li = self.served(li, "09-17T08:00", "09-17T12:00", json!({}));
        let occasions = json!({ "activity": self.counted, "evidence": "leader", "count": 3 });
        let of_zhao = self.submit(recorder, self.service(zhao, "09-15T09:00", "09-15T09:30", occasions));
        self.credit(approver, &of_zhao, json!({}));
        let backfill = json!({ "evidence": "backfill", "reason": "没有手机，凭签到表" });
        for volunteer in [han, child] {
            let service = self.service(volunteer, "09-15T09:00", "09-15T11:00", backfill.clone());
            let record = self.submit(recorder, service);
            self.credit(approver, &record, json!({}));
        }
        let import = json!({ "evidence": "import", "reason": "旧系统" });
        let of_sun = self.submit(recorder, self.service(sun, "09-15T09:00", "09-15T10:30", import));
        let leader = json!({ "evidence": "leader" });
        let wrong = self.submit(recorder, self.service(sun, "09-16T09:00", "09-16T10:30", leader.clone()));
        self.step(approver, "service-records", &wrong, "reject", json!({ "reason": "重复登记" }));
        let withdrawn =
            self.submit(recorder, self.service(sun, "09-17T09:00", "09-17T10:30", leader.clone()));
        self.step(recorder, "service-records", &withdrawn, "withdraw", json!({}));
        let of_zhou = self.served(zhou, "09-16T09:00", "09-16T11:00", leader);
        let over_midnight = self.service(wu, "09-16T22:00", "09-17T01:00", json!({}));
        let of_wu = self.submit(recorder, over_midnight);
        self.credit(approver, &of_wu, json!({}));
        self.served(qian, "09-16T09:00", "09-16T12:00", json!({}));
        let elsewhere = json!({ "activity": self.other_activity, "credit": true });
        self.submit(&self.other_coordinator, self.service(zheng, "09-16T09:00", "09-16T10:00", elsewhere));
        self.step(approver, "service-records", &of_zhou, "void", json!({ "reason": "签到有误" }));
        // The parent unit approves a day of more than eight hours, which the volunteer confirms.
        let long = self.submit(recorder, self.service(zhou, "09-19T08:00", "09-19T17:00", json!({})));
        self.step(&zhou.caller, "service-records", &long, "confirm", json!({}));
        self.credit(&self.bureau_coordinator, &long, json!({}));
        Records { of_wang, first_of_li, second_of_li, of_zhou, of_wu, of_sun }
    }

    /// Many at once, of which some are refused, each for a reason of its own.
    fn bulk(&self, people: &People) {
        let People { wang, li, zhou, feng, zhao, .. } = people;
        let short = |of: &Volunteer, at: usize, other: Value| {
            let (start, end) = (
                format!("09-18T{:02}:{:02}", 9 + at / 12, at % 12 * 5),
                format!("09-18T{:02}:{:02}", 9 + at / 12, at % 12 * 5 + 4),
            );
            self.service(of, &start, &end, other)
        };
        let by_hand = json!({ "evidence": "leader", "credit": true });
        let mut items: Vec<Value> = (0..20).map(|at| short(zhou, at, by_hand.clone())).collect();
        let backwards = self.service(li, "09-18T11:00", "09-18T09:00", json!({}));
        let outside = self.service(li, "09-10T09:00", "09-10T10:00", json!({}));
        let uncounted = self.service(zhao, "09-18T09:00", "09-18T10:00", json!({ "activity": self.counted }));
        items.extend([
            self.service(li, "09-15T10:00", "09-15T10:30", json!({})),
            backwards,
            outside,
            uncounted,
            self.service(li, "09-18T09:00", "09-18T10:00", json!({ "count": 2 })),
            self.service(feng, "09-18T09:00", "09-18T10:00", json!({ "evidence": "backfill" })),
            self.service(feng, "09-18T00:00", "09-18T23:59", json!({ "credit": true })),
        ]);
        self.post(&self.recorder, "/v1/service-records/bulk", json!({ "items": items }));
        let own =
            [("09-18T09:00", "09-18T10:00"), ("09-18T09:30", "09-18T10:30"), ("09-18T11:00", "09-18T11:30")];
        let own = own.map(|(start, end)| self.service(wang, start, end, json!({ "evidence": "claimed" })));
        self.post(&wang.caller, "/v1/service-records/bulk", json!({ "items": own }));
    }

    /// What is found is named with its window: without one, it is that of the day on which somebody asks.
    fn look_into_what_looks_wrong(&self) {
        let [from, to] = ["2026-09-01", "2026-09-30"];
        let found = self.script.get(&self.auditor, &format!("/v1/findings?from={from}&to={to}"));
        let finding = &found["items"].as_array().unwrap()[0];
        let as_of = found["as_of"].to_string();
        let words = json!({ "reason": "一次活动的签到表", "from": from, "to": to, "as_of": as_of });
        self.step(&self.auditor, "findings", finding["id"].as_str().unwrap(), "dismiss", words);
    }

    fn reward(&self, caller: &Caller, unit: &str, [price, stock, hold_days]: [&str; 3]) -> String {
        let number = |text: &str| text.parse::<i64>().unwrap();
        let reward = json!({
            "unit": unit, "name": "雨伞", "price": price, "stock": number(stock),
            "hold_days": number(hold_days),
        });
        id(&self.post(caller, "/v1/rewards", reward))
    }

    fn place(&self, of: &Volunteer, reward: &str) -> Value {
        self.post(&of.caller, "/v1/redemptions", json!({ "reward": reward, "volunteer": of.id }))
    }

    fn fulfil(&self, caller: &Caller, placed: &Value) {
        let code = json!({ "pickup_code": placed["pickup_code"] });
        self.step(caller, "redemptions", &id(placed), "fulfil", code);
    }

    /// Redemptions of every end, and hours voided whose points were spent or held; the redemption that
    /// is held longer than its points are valid.
    fn redeem(&self, people: &People, records: &Records) -> String {
        let People { wang, li, zhao, zhou, wu, .. } = people;
        let bureau = &self.bureau_coordinator;
        let umbrella = self.reward(bureau, &self.bureau, ["2.00", "10", "7"]);
        let dear = self.reward(&self.approver, &self.school, ["5", "2", "7"]);
        let kept_long = self.reward(&self.approver, &self.school, ["1.50", "1", "90"]);
        let gone = self.reward(&self.approver, &self.school, ["1", "1", "1"]);
        self.step(&self.approver, "rewards", &dear, "restock", json!({ "added": 3 }));
        self.step(&self.approver, "rewards", &gone, "withdraw", json!({}));

        self.fulfil(bureau, &self.place(wang, &umbrella));
        let held_long = id(&self.place(zhao, &kept_long));
        // Not picked up within the week.
        self.place(zhou, &umbrella);
        // Points that are held when their hours are voided are owed, and settled when they return.
        let held = id(&self.place(li, &dear));
        let void = |record: &str| {
            self.step(&self.approver, "service-records", record, "void", json!({ "reason": "签到有误" }))
        };
        void(&records.second_of_li);
        self.step(&li.caller, "redemptions", &held, "cancel", json!({}));
        // Points that are spent when their hours are voided are owed, and settled by what is earned next.
        self.fulfil(bureau, &self.place(wu, &umbrella));
        void(&records.of_wu);
        self.served(wu, "09-19T08:00", "09-19T11:00", json!({}));
        held_long
    }

    fn transfer(&self, people: &People) {
        let People { li, zhou, zheng, sun, .. } = people;
        let wish = |caller: &Caller, of: &Volunteer, to: &str, other: Value| {
            let wish = merged(json!({ "volunteer": of.id, "to_unit": to }), other);
            id(&self.post(caller, "/v1/transfers", wish))
        };
        let step = |caller: &Caller, transfer: &str, step: &str, body: Value| {
            self.step(caller, "transfers", transfer, step, body)
        };
        let moved = wish(&zheng.caller, zheng, &self.school, json!({}));
        step(&self.other_coordinator, &moved, "release", json!({}));
        step(&self.approver, &moved, "accept", json!({}));
        let refused = wish(&li.caller, li, &self.other_school, json!({}));
        step(&self.approver, &refused, "reject", json!({ "reason": "本学期留任" }));
        let refused = wish(&li.caller, li, &self.other_school, json!({}));
        step(&self.approver, &refused, "release", json!({}));
        step(&self.other_coordinator, &refused, "reject", json!({}));
        let given_up = wish(&li.caller, li, &self.other_school, json!({}));
        step(&li.caller, &given_up, "cancel", json!({}));
        // Nobody answers to these; they expire.
        wish(&self.approver, zhou, &self.other_school, json!({ "consent": "本人同意" }));
        // One that a coordinator proposes is agreed to, another released on paper by somebody else.
        let proposed = wish(&self.approver, li, &self.other_school, json!({ "consent": "本人同意" }));
        step(&li.caller, &proposed, "agree", json!({}));
        step(&li.caller, &proposed, "cancel", json!({}));
        let proposed = wish(&self.other_coordinator, li, &self.other_school, json!({}));
        step(&self.approver, &proposed, "release", json!({ "consent": "书面申请，档案 17 号" }));
        step(&li.caller, &proposed, "cancel", json!({}));
        let released = wish(&sun.caller, sun, &self.other_school, json!({}));
        step(&self.approver, &released, "release", json!({}));
    }

    /// Entered, corrected and voided.
    fn training(&self, of: &Volunteer) {
        let terms = json!({
            "course": "急救培训", "organiser": "市红十字会", "result": "合格", "minutes": 480,
            "first_day": "2026-09-12", "last_day": "2026-09-13",
        });
        let entered = merged(terms.clone(), json!({ "volunteer": of.id }));
        let training = id(&self.post(&self.approver, "/v1/trainings", entered));
        let corrected = merged(terms, json!({ "result": null, "reason": "尚未考核" }));
        self.script.put(&self.approver, &format!("/v1/trainings/{training}"), corrected);
        self.step(&self.approver, "trainings", &training, "void", json!({ "reason": "录错了人" }));
    }

    /// Bound twice, by activation codes; one binding is ended.
    fn bind_by_wechat(&self, of: &Volunteer) {
        let app = self.script.app;
        let bind = |openid: &str| {
            let given = self.step(&self.approver, "volunteers", &of.id, "activation", json!({}));
            let ticket = ticket(app, openid);
            let shown =
                json!({ "ticket": ticket, "number": given["number"], "activation_code": given["code"] });
            app.post("/v1/auth/bindings", "", shown).ok();
        };
        bind("golden-phone");
        bind("golden-other-phone");
        let bound = self.script.get(&self.approver, &format!("/v1/volunteers/{}/bindings", of.id));
        self.step(&of.caller, "bindings", &id(&bound["items"][0]), "end", json!({}));
    }

    /// Confirmed, as another person than one who is alike; recognised, declined, taken back, and left to lapse.
    fn apply(&self) {
        let app = self.script.app;
        let ask = |openid: &str, name: &str| {
            let person = json!({
                "name": name, "gender": "male", "birth_date": "1988-08-08", "mobile": "13800000088",
                "document": { "kind": "passport", "number": format!("A{openid}") },
                "consent": { "given_at": at("09-20T09:00"), "text_version": "2026-1" },
            });
            let ask = json!({ "ticket": ticket(app, openid), "unit": self.school, "person": person });
            (id(&app.post("/v1/applications", "", ask).ok()), person)
        };
        let confirm = |(application, person): &(String, Value), other: Value| {
            let seen = merged(json!({ "document": person["document"] }), other);
            self.step(&self.approver, "applications", application, "confirm", seen)
        };
        confirm(&ask("000011", "褚某"), json!({}));
        let alike = json!({ "another_person": true, "reason": "双胞胎" });
        let confirmed = confirm(&ask("000012", "褚某"), alike);
        let (recognised, _) = ask("000013", "卫某");
        let volunteer = json!({ "volunteer": confirmed["volunteer"] });
        self.step(&self.approver, "applications", &recognised, "recognise", volunteer);
        let (declined, _) = ask("000014", "蒋某");
        let reason = json!({ "reason": "请本人到办公室登记" });
        self.step(&self.approver, "applications", &declined, "decline", reason);
        ask("000015", "沈某");
        app.post("/v1/applications/withdraw", "", json!({ "ticket": ticket(app, "000015") })).ok();
        ask("000016", "韩某");
    }

    /// Entered, corrected and voided.
    fn honour(&self, of: &Volunteer) {
        let terms = json!({ "title": "优秀志愿者", "giver": "市文明办", "day": "2026-09-20" });
        let entered = merged(terms.clone(), json!({ "volunteer": of.id }));
        let honour = id(&self.post(&self.approver, "/v1/honours", entered));
        let corrected = merged(terms, json!({ "giver": "市教育体育局", "reason": "单位有误" }));
        self.script.put(&self.approver, &format!("/v1/honours/{honour}"), corrected);
        self.step(&self.approver, "honours", &honour, "void", json!({ "reason": "录错了人" }));
    }

    /// An activity, and service there, one of them without words.
    fn rate(&self, of: &Volunteer) {
        let path = format!("/v1/activities/{}", self.activity);
        let rating = json!({ "score": 5, "words": "组织有序" });
        self.post(&of.caller, &format!("{path}/ratings"), rating);
        let service = json!({ "volunteer": of.id, "score": 4 });
        self.post(&self.approver, &format!("{path}/service-ratings"), service);
    }

    fn pledge_and_honour(&self, people: &People, records: &Records) {
        let People { wang, li, zhao, han, .. } = people;
        let pledge = |caller: &Caller, of: &Volunteer| {
            let pledge = json!({ "volunteer": of.id, "title": "每月服务两小时", "due": "2026-12-31" });
            id(&self.post(caller, "/v1/pledges", pledge))
        };
        let kept = pledge(&li.caller, li);
        self.step(&li.caller, "pledges", &kept, "fulfil", json!({ "record": records.first_of_li }));
        let kept_by_wang = pledge(&self.approver, wang);
        self.step(&self.approver, "pledges", &kept_by_wang, "fulfil", json!({ "record": records.of_wang }));
        self.step(&wang.caller, "pledges", &kept_by_wang, "end", json!({}));
        pledge(&zhao.caller, zhao);

        let post = |other: Value| {
            let usual = json!({ "unit": self.school, "title": "党员示范岗", "starts_on": "2026-09-01" });
            id(&self.post(&self.approver, "/v1/model-posts", merged(usual, other)))
        };
        let ended = post(json!({ "volunteer": wang.id }));
        self.step(&self.approver, "model-posts", &ended, "end", json!({ "ends_on": "2026-09-30" }));
        post(json!({ "volunteer": li.id }));
        post(json!({}));
        for (of, purpose) in [(wang, "为活动投保"), (han, "联系监护人")] {
            let path = format!("/v1/volunteers/{}/reveal", of.id);
            let revealed = self.post(&self.approver, &path, json!({ "purpose": purpose }));
            assert_eq!(revealed["minor"], of.id == han.id);
        }
        let given = self.step(&self.approver, "volunteers", &li.id, "activation", json!({}));
        let show = |code: &Value| {
            let shown = json!({ "number": given["number"], "code": code });
            self.script.app.post("/v1/auth/activation", "", shown)
        };
        show(&json!("0000-0000-0000")).refused(403, "activation_invalid");
        show(&given["code"]).ok();
        self.bind_by_wechat(li);
        self.apply();
        self.training(wang);
        self.training(li);
        self.honour(li);
        self.rate(li);
    }

    /// An activity that recruits: places, waits, offers, who came and who did not.
    fn attend(&self, people: &People) {
        let People { wang, li, zhao, sun, qian, wu, .. } = people;
        let app = self.app();
        let recruiting = |name: &str, day: &str, draft: bool| {
            let window = json!({ "start": at(&format!("{day}T09:00")), "end": at(&format!("{day}T12:00")) });
            let fence = json!({ "latitude": 33.757_123, "longitude": 113.2, "radius_metres": 200 });
            let told = merged(
                told(),
                json!({
                    "opens_at": at("10-01T00:00"), "closes_at": window["start"], "withdraw_by": at("10-22T08:00"),
                    "fence": fence, "position_is_enough": true,
                }),
            );
            let activity = json!({
                "programme": self.programme, "unit": self.school, "name": name, "place": "白龟湖", "window": window,
                "leader": li.id, "recruitment": told, "draft": draft,
            });
            id(&self.post(&self.approver, "/v1/activities", activity))
        };
        let position = |activity: &str, terms: Value| {
            let terms = merged(json!({ "name": "捡拾组", "places": 1 }), terms);
            id(&self.step(&self.approver, "activities", activity, "positions", terms))
        };
        let enrol = |of: &Volunteer, position: &str, wish: Value| {
            id(&self.step(&of.caller, "positions", position, "enrolments", wish))
        };
        let on = |caller: &Caller, enrolment: &str, step: &str| {
            self.step(caller, "enrolments", enrolment, step, json!({}));
        };
        let waits = json!({ "wait": true });

        let lake = recruiting("秋季护湖", "10-24", true);
        let hazard = json!({ "least_age": 16, "hazard": { "insurance": "志愿者意外险" } });
        let first = position(&lake, json!({ "conditions": hazard }));
        let selected = position(&lake, json!({ "selection": "selected", "places": 2 }));
        self.step(&self.approver, "activities", &lake, "publish", json!({}));
        let of_wang = enrol(wang, &first, json!({}));
        let of_zhao = enrol(zhao, &first, waits.clone());
        let of_sun = enrol(sun, &first, json!({ "wait": true, "at_once": true }));
        on(&wang.caller, &of_wang, "withdraw");
        on(&zhao.caller, &of_zhao, "accept");
        let more = json!({ "name": "捡拾组", "places": 2, "conditions": hazard });
        self.script.put(&self.approver, &format!("/v1/positions/{first}"), more);
        on(&li.caller, &enrol(wang, &selected, json!({})), "select");
        let of_wu = enrol(wu, &selected, json!({}));
        let no = json!({ "reason": "名额已满" });
        self.step(&li.caller, "enrolments", &of_wu, "decline", no);

        let later = recruiting("冬季护湖", "10-29", false);
        let lapsing = position(&later, json!({}));
        let of_li = enrol(li, &lapsing, json!({}));
        enrol(wu, &lapsing, waits.clone());
        on(&li.caller, &of_li, "withdraw");
        let filled = position(&later, json!({}));
        let of_li = enrol(li, &filled, json!({}));
        enrol(qian, &filled, waits);
        self.script.close(&qian.caller, &format!("/v1/volunteers/{}/deactivate", qian.id), json!({}));
        on(&li.caller, &of_li, "withdraw");
        self.script.close(&self.approver, &format!("/v1/volunteers/{}/reactivate", qian.id), json!({}));
        app.sweep();

        app.clock.set("2026-10-24T09:00:00+08:00");
        app.sweep();
        let here = json!({ "latitude": 33.757_123, "longitude": 113.2, "accuracy": 12.5 });
        let check = |of: &Volunteer, direction: &str| {
            let path = format!("/v1/activities/{lake}/check-code?direction={direction}");
            let code = self.script.get(&self.approver, &path)["code"].clone();
            let shown = app.post("/v1/check-codes/shown", "", json!({ "code": code })).ok();
            let seen = json!({ "code": shown["code"], "position": here });
            self.post(&of.caller, &format!("/v1/check-{direction}s"), seen)
        };
        check(zhao, "in");
        let scanned = app.get("/v1/me/check-code", &app.volunteer_token(&wang.id)).ok();
        let scanned = json!({ "code": scanned["code"], "direction": "in" });
        let left = id(&app
            .post(&format!("/v1/activities/{lake}/scans"), &app.volunteer_token(&li.id), scanned)
            .ok());
        app.clock.advance(Duration::minutes(90));
        assert!(check(zhao, "out")["record"].is_string());
        app.clock.set("2026-10-24T12:30:00+08:00");
        app.sweep();
        let ended = json!({ "ended_at": at("10-24T11:30") });
        self.step(&li.caller, "attendances", &left, "complete", ended);
        on(&li.caller, &of_sun, "absent");
        let ill = json!({ "reason": "因病未到" });
        self.step(&sun.caller, "enrolments", &of_sun, "contest", ill.clone());
        self.step(&li.caller, "enrolments", &of_sun, "excuse", ill);
    }

    /// Records on public notice: one is objected to rightly, one wrongly, one is not decided yet.
    fn notice(&self, people: &People) {
        let People { wang, li, zhao, sun, han, .. } = people;
        let days = |unit: &str, days: Value| {
            let policy = json!({ "working_days": days });
            self.step(&self.approver_of(unit), "units", unit, "notice-policy", policy)
        };
        days(&self.school, json!(3));
        days(&self.other_school, json!(0));
        let window = json!({ "start": at("10-09T08:00"), "end": at("10-09T18:00") });
        let activity = json!({
            "programme": self.programme, "unit": self.school, "name": "国庆清湖", "window": window,
            "leader": li.id,
        });
        let activity = json!({ "activity": id(&self.post(&self.approver, "/v1/activities", activity)) });
        let enter = |of: &Volunteer| {
            self.submit(&self.recorder, self.service(of, "10-09T09:00", "10-09T12:00", activity.clone()))
        };
        let object = |caller: &Caller, record: &str| {
            let reason = json!({ "reason": "当天未见到本人" });
            id(&self.step(caller, "service-records", record, "objections", reason))
        };
        let resolve = |objection: &str, step: &str| {
            self.step(&self.approver, "objections", objection, step, json!({ "reason": "已核对签到表" }))
        };
        let [of_li, of_zhao, of_sun, of_han] = [li, zhao, sun, han].map(enter);
        resolve(&object(&wang.caller, &of_li), "uphold");
        resolve(&object(&wang.caller, &of_zhao), "dismiss");
        object(&self.recorder, &of_sun);
        days(&self.school, json!(null));

        self.app().clock.set("2026-10-17T09:00:00+08:00");
        self.credit(&self.approver, &of_zhao, json!({}));
        let lunch = json!({ "deductions": [{ "minutes": 30, "reason": "午餐" }] });
        self.credit(&self.approver, &of_han, lunch);
    }

    fn approver_of(&self, unit: &str) -> Caller {
        if unit == self.school { self.approver.clone() } else { self.other_coordinator.clone() }
    }

    /// Corrections of what is missing and of what is wrong.
    fn correct(&self, people: &People, records: &Records) {
        let People { wang, li, zhao, sun, .. } = people;
        let missing = |of: &Volunteer, start: &str, end: &str| {
            let missing = json!({
                "volunteer": of.id, "activity": self.activity, "words": "漏登",
                "service": { "start": at(start), "end": at(end) },
            });
            id(&self.post(&of.caller, "/v1/corrections", missing))
        };
        let wrong = |of: &Volunteer, record: &str| {
            let words = json!({ "volunteer": of.id, "words": "少记了一小时" });
            id(&self.step(&of.caller, "service-records", record, "corrections", words))
        };
        let decide = |correction: &str, step: &str, body: Value| {
            self.step(&self.approver, "corrections", correction, step, body)
        };
        let of_li = missing(li, "09-19T09:00", "09-19T11:00");
        let backfill = json!({ "evidence": "backfill", "reason": "漏登" });
        let found = self.submit(&self.recorder, self.service(li, "09-19T09:00", "09-19T11:00", backfill));
        decide(&of_li, "accept", json!({ "led_to": found, "words": "已按签到表补录" }));
        let of_sun = wrong(sun, &records.of_sun);
        let reason = json!({ "reason": "不是本人" });
        self.step(&self.approver, "service-records", &records.of_sun, "reject", reason);
        decide(&of_sun, "accept", json!({}));
        decide(&missing(zhao, "09-20T09:00", "09-20T11:00"), "decline", json!({ "words": "签到表上没有" }));
        wrong(wang, &records.of_wang);
        missing(zhao, "09-20T14:00", "09-20T15:00");
    }

    /// A back-fill after the ten working days: it waits to be credited.
    fn enter_late(&self, people: &People) -> String {
        let backfill = json!({ "evidence": "backfill", "reason": "补交签到表" });
        self.submit(&self.recorder, self.service(&people.wang, "09-20T09:00", "09-20T10:00", backfill))
    }

    fn certify(&self, people: &People, records: &Records) {
        let People { wang, li, zhao, zhou, .. } = people;
        let issue = |caller: &Caller, of: &Volunteer, other: Value| {
            let wish = merged(json!({ "volunteer": of.id }), other);
            id(&self.post(caller, "/v1/certificates", wish))
        };
        issue(&wang.caller, wang, json!({}));
        let of_september = json!({
            "period": { "first_day": "2026-09-01", "last_day": "2026-09-30" }, "handler": "周老师",
            "contact": "0375-2667890",
        });
        let of_li = issue(&self.approver, li, of_september.clone());
        self.step(&self.approver, "certificates", &of_li, "reissue", json!({ "handler": "吴老师" }));
        let of_zhao = issue(&self.approver, zhao, json!({}));
        self.step(&self.approver, "certificates", &of_zhao, "revoke", json!({ "reason": "姓名登记有误" }));
        // The hours of this one change afterwards.
        issue(&self.approver, zhou, of_september);
        let late = json!({ "evidence": "backfill", "reason": "重新登记" });
        let again = self.submit(&self.recorder, self.service(zhou, "09-16T09:00", "09-16T11:00", late));
        self.credit(&self.approver, &again, json!({}));
        assert_ne!(again, records.of_zhou);
    }

    /// Exports of everything, asked for with every filter.
    fn export(&self, people: &People) {
        let wang = &people.wang.id;
        let (unit, activity, programme) = (&self.school, &self.activity, &self.programme);
        let period = "from=2026-09-01&to=2026-10-31";
        let head = self.script.get(&self.auditor, "/v1/totals/minutes")["as_of"].clone();
        let schemes = self.script.get(&self.auditor, "/v1/assessment-schemes");
        let scheme = schemes["items"][0]["id"].as_str().unwrap();
        for path in [
            "exports/service-records?format=ndjson".to_owned(),
            format!(
                "exports/service-records?format=csv&volunteer={wang}&activity={activity}&programme={programme}\
                 &unit={unit}&status=credited&evidence=leader&{period}&counted_as_of={head}"
            ),
            format!("exports/statements?format=xlsx&volunteer={wang}&unit={unit}"),
            "exports/journal?format=csv".to_owned(),
            format!(
                "totals/minutes?format=csv&group_by=unit,programme,activity,month,grade&unit={unit}&{period}"
            ),
            "totals/points?format=ndjson".to_owned(),
            format!("assessments?unit={}&each=children&scheme={scheme}&{period}&format=csv", self.district),
        ] {
            let path = format!("/v1/{path}");
            let exported = super::transcript::Exchange::read(self.app(), &self.auditor, &path);
            assert_eq!(exported.status, 200, "{path}: {}", exported.answer);
        }
    }

    /// People and operators who change, and who leave.
    fn end_and_change(&self, people: &People) {
        let People { wang, li, qian, feng, zheng, wei, wei_again, .. } = people;
        let merge = format!("/v1/volunteers/{}/merge", wei_again.id);
        let said = json!({ "into": wei.id, "reason": "同一人两份证件" });
        let declined = id(&self.post(&self.approver, &merge, said.clone()));
        self.step(&self.recorder, "merges", &declined, "decline", json!({ "reason": "材料不全" }));
        let made = id(&self.post(&self.approver, &merge, said));
        self.step(&self.recorder, "merges", &made, "confirm", json!({}));
        let path = format!("/v1/volunteers/{}", li.id);
        let person = self.script.get(&li.caller, &path)["person"].clone();
        assert!(person["name"].is_string(), "{person}");
        let contact = json!({
            "mobile": "+8613900139000", "residence": "新华区", "skills": ["摄影"], "service_categories": [],
        });
        self.script.put(&li.caller, &format!("{path}/contact"), contact);
        let identity = |other: Value| {
            let same = json!({
                "name": person["name"], "gender": "female", "birth_date": "1990-05-20",
                "document": person["document"], "guardian_consent": null, "reason": "换发证件",
            });
            id(&self.script.put(&self.approver, &format!("{path}/identity"), merged(same, other)))
        };
        identity(json!({
            "political_status": [{ "party_member": true, "effective_from": "2020-07-02" }],
            "consent": { "given_at": "2026-10-20T09:00:00+08:00", "text_version": "2026-2" },
        }));
        let declined = identity(json!({ "name": "李蕾" }));
        self.step(&self.recorder, "identity-changes", &declined, "decline", json!({ "reason": "字写错了" }));
        let confirmed = identity(json!({
            "name": "李雷雷",
            "document": { "kind": "foreign_permanent_resident", "number": "ABC123456789012" },
        }));
        self.step(&self.recorder, "identity-changes", &confirmed, "confirm", json!({}));
        let close = |caller: &Caller, of: &Volunteer, body: Value| {
            let account = self.script.get(&self.admin, &format!("/v1/volunteers/{}/account", of.id));
            let waiting = format!("/v1/service-records?status=submitted&volunteer={}", of.id);
            let waiting = self.script.get(&self.admin, &waiting)["items"].as_array().unwrap().len();
            let cost = json!({
                "forfeits_points": account["points"]["available"], "abandons_records": waiting,
            });
            self.script.close(caller, &format!("/v1/volunteers/{}/close", of.id), merged(cost, body))
        };
        let known = self.script.get(&feng.caller, &format!("/v1/volunteers/{}", feng.id));
        close(&self.approver, qian, json!({ "reason": "本人要求注销" }));
        close(&self.recorder, qian, json!({ "reason": "本人要求注销" }));
        close(&feng.caller, feng, json!({}));
        self.step(&self.approver, "volunteers", &zheng.id, "deactivate", json!({ "reason": "出国一年" }));
        self.step(&self.approver, "volunteers", &zheng.id, "reactivate", json!({}));
        let back = json!({
            "unit": self.other_school, "name": "冯远", "gender": known["person"]["gender"],
            "birth_date": known["person"]["birth_date"],
            "document": known["person"]["document"], "mobile": "13900139000",
            "consent": { "given_at": "2026-10-20T09:00:00+08:00", "text_version": "2026-2" },
        });
        assert_eq!(id(&self.post(&self.other_coordinator, "/v1/volunteers", back)), feng.id);

        let temporary = json!({
            "login": "temporary", "name": "陈老师", "role": "auditor", "unit": self.school,
            "volunteer": wang.id,
        });
        let temporary = id(&self.post(&self.admin, "/v1/operators", temporary));
        let elsewhere = json!({ "role": "coordinator", "unit": self.other_school, "volunteer": null });
        self.script.put(&self.admin, &format!("/v1/operators/{temporary}"), elsewhere);
        let named = json!({
            "role": "coordinator", "unit": self.school,
            "document": { "kind": "passport", "number": "PTEMPORARY" },
        });
        self.script.put(&self.admin, &format!("/v1/operators/{temporary}"), named);
        self.step(&self.admin, "operators", &temporary, "disable", json!({}));
        let document = json!({ "document": { "kind": "passport", "number": "PTEMPORARY" } });
        self.step(&self.admin, "operators", &temporary, "enable", document);
        self.step(&self.admin, "operators", &temporary, "password-reset", json!({}));
        self.step(&self.admin, "operators", &temporary, "end-sessions", json!({}));
        self.step(&self.admin, "operators", &temporary, "disable", json!({}));
    }

    /// What is not finished when the story ends: a transfer, a redemption, points; the redemption.
    fn leave_open(&self, people: &People) -> Value {
        let People { zhao, zhou, .. } = people;
        let cup = self.reward(&self.approver, &self.school, ["3.00", "4", "30"]);
        let held = self.place(zhao, &cup);
        let wish = json!({ "volunteer": zhou.id, "to_unit": self.other_school });
        self.post(&zhou.caller, "/v1/transfers", wish);
        held
    }
}
