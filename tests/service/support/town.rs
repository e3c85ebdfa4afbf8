//! A small town to test in, made through the public door.
//!
//! ```text
//! bureau                    bureau_coordinator
//! └── district              district_coordinator
//!     ├── school            coordinator, colleague (both of the school), auditor
//!     └── other_school      other_coordinator
//! ```

use super::clock::timestamp;
use super::http::{Answer, App, each_app, id};
use hourbook::domain::evidence::Evidence;
use hourbook::domain::record::SubmitRecord;
use hourbook::domain::time::Interval;
use hourbook::domain::{Command, Outcome};
use hourbook::engine::{Answer as EngineAnswer, Request};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};

/// Runs a case in a town on SQLite, and in one on PostgreSQL.
pub fn each_town(label: &str, case: impl Fn(&Town)) {
    each_app(label, |app| case(&Town::found(app)));
}

/// Units, who acts for them, and what service is given at. Every name is an id, or a token of the
/// person that is named.
pub struct Town<'a> {
    pub app: &'a App,
    pub bureau: String,
    pub district: String,
    pub school: String,
    pub other_school: String,
    pub admin: String,
    pub bureau_coordinator: String,
    pub district_coordinator: String,
    pub coordinator: String,
    pub colleague: String,
    pub other_coordinator: String,
    pub auditor: String,
    /// Of the bureau.
    pub programme: String,
    /// Of the school, open from Monday, 16 November 2026, through Sunday.
    pub activity: String,
    /// Of the other school, with the same window.
    pub other_activity: String,
    made: AtomicU32,
}

/// A registered volunteer.
#[derive(Clone, Debug)]
pub struct Volunteer {
    pub id: String,
    pub token: String,
}

/// A redemption that waits to be picked up.
#[derive(Clone, Debug)]
pub struct Gift {
    pub id: String,
    pub pickup_code: String,
}

/// An issued certificate.
#[derive(Clone, Debug)]
pub struct Certificate {
    pub id: String,
    pub number: String,
    pub code: String,
}

impl Certificate {
    /// As the answer to issuing it shows it.
    #[track_caller]
    pub fn of(shown: &Value) -> Self {
        let text =
            |name: &str| shown[name].as_str().unwrap_or_else(|| panic!("no {name}: {shown}")).to_owned();
        Self { id: text("id"), number: text("number"), code: text("code") }
    }
}

impl<'a> Town<'a> {
    /// The town with a policy by which an hour of scan, geo or leader evidence earns a point.
    pub fn found(app: &'a App) -> Self {
        let town = Self::without_policy(app);
        town.policy(json!({}));
        town
    }

    /// The town as long as no points policy is in force. Where a case is not about it, who enters a week's service
    /// credits it, too ([`Self::demand_two_persons`] has it otherwise).
    pub fn without_policy(app: &'a App) -> Self {
        let admin = app.admin();
        let unit = |code: &str, kind: &str, parent: Option<&str>| {
            let unit = json!({ "code": code, "name": "平顶山市教育体育局", "kind": kind, "parent": parent });
            id(&app.post("/v1/units", &admin, unit).created())
        };
        let bureau = unit("BUREAU", "bureau", None);
        let district = unit("DISTRICT", "department", Some(&bureau));
        let school = unit("SCHOOL-1", "school", Some(&district));
        let other_school = unit("SCHOOL-2", "school", Some(&district));
        let mut town = Self {
            app,
            bureau,
            district,
            school,
            other_school,
            admin,
            bureau_coordinator: String::new(),
            district_coordinator: String::new(),
            coordinator: String::new(),
            colleague: String::new(),
            other_coordinator: String::new(),
            auditor: String::new(),
            programme: String::new(),
            activity: String::new(),
            other_activity: String::new(),
            made: AtomicU32::new(0),
        };
        town.bureau_coordinator = town.operator("coordinator", &town.bureau);
        town.district_coordinator = town.operator("coordinator", &town.district);
        town.coordinator = town.operator("coordinator", &town.school);
        town.colleague = town.operator("coordinator", &town.school);
        town.other_coordinator = town.operator("coordinator", &town.other_school);
        town.auditor = town.operator("auditor", &town.school);
        town.programme = town.programme_of(&town.bureau);
        town.activity = town.activity_of(&town.school, json!({}));
        town.other_activity = town.activity_of(&town.other_school, json!({}));
        let minutes = json!({ "a_record": 1440, "a_month": 44640 });
        let policy = json!({ "one_person_minutes": minutes, "leader_hours": 240 });
        town.crediting_policy(&town.admin, &town.bureau, policy).ok();
        town
    }

    /// Who enters service with the school does not credit it, and a leader was there for two days.
    pub fn demand_two_persons(&self) {
        let policy = json!({ "one_person_minutes": { "a_record": 0, "a_month": 0 }, "leader_hours": 48 });
        self.crediting_policy(&self.admin, &self.school, policy).ok();
    }

    /// Sets what a unit may credit.
    pub fn crediting_policy(&self, token: &str, unit: &str, policy: Value) -> Answer {
        self.app.post(&format!("/v1/units/{unit}/crediting-policy"), token, policy)
    }

    /// Appoints an operator of this role for a unit, and gives a token.
    pub fn operator(&self, role: &str, unit: &str) -> String {
        self.operator_with(role, unit, json!({})).1
    }

    /// Appoints an operator with other particulars than usual; id and token.
    pub fn operator_with(&self, role: &str, unit: &str, other: Value) -> (String, String) {
        let number = self.next();
        let login = format!("operator-{number}");
        let mut usual = json!({ "login": login, "name": "李老师", "role": role, "unit": unit });
        if other.get("volunteer").is_none() {
            usual["document"] = document_of_operator(number);
        }
        let operator = self.app.post("/v1/operators", &self.admin, merged(usual, other)).created();
        let operator = id(&operator);
        let token = self.app.operator_token(&operator, role, Some(unit));
        (operator, token)
    }

    /// Sets a policy: a point an hour for scan, geo and leader, for ever, but for what is said otherwise.
    pub fn policy(&self, other: Value) -> Value {
        let usual = json!({
            "effective_from": "2020-01-01", "points_per_hour": "1", "points_per_count": "5",
            "earning_grades": ["scan", "geo", "leader"], "validity": { "kind": "unlimited" },
        });
        self.app.post("/v1/points-policies", &self.admin, merged(usual, other)).created()
    }

    /// A programme of a unit.
    pub fn programme_of(&self, unit: &str) -> String {
        let programme = json!({ "unit": unit, "name": "共爱同行", "brands": ["点亮人生终身学习"] });
        id(&self.app.post("/v1/programmes", &self.admin, programme).created())
    }

    /// An activity of a unit, in the week of [`super::http::NOON`] where nothing else is said.
    pub fn activity_of(&self, unit: &str, other: Value) -> String {
        let window = json!({ "start": "2026-11-16T00:00:00+08:00", "end": "2026-11-23T00:00:00+08:00" });
        let usual =
            json!({ "programme": self.programme, "unit": unit, "name": "我爱白龟湖", "window": window });
        id(&self.app.post("/v1/activities", &self.admin, merged(usual, other)).created())
    }

    /// A volunteer of the school.
    pub fn volunteer(&self) -> Volunteer {
        self.volunteer_of(&self.school)
    }

    /// A volunteer of a unit.
    pub fn volunteer_of(&self, unit: &str) -> Volunteer {
        let registration = self.registration(unit);
        let id = id(&self.app.post("/v1/volunteers", &self.admin, registration).created());
        Volunteer { token: self.app.volunteer_token(&id), id }
    }

    /// A person whom nobody has registered yet, to be registered with a unit.
    pub fn registration(&self, unit: &str) -> Value {
        merged(self.person(), json!({ "unit": unit }))
    }

    /// A person of full age with a passport that nobody else has.
    pub fn person(&self) -> Value {
        let number = self.next();
        json!({
            "name": "王小明", "gender": "female", "birth_date": "1990-05-20",
            "document": { "kind": "passport", "number": format!("E{number:07}") },
            "mobile": format!("138{number:08}"),
            "consent": { "given_at": "2026-11-01T09:00:00+08:00", "text_version": "2026-1" },
        })
    }

    /// Who this person is, to be sent to `/v1/volunteers/{id}/identity`; with the document, where its number is whole.
    pub fn identity_of(person: &Value) -> Value {
        let identity = json!({
            "name": person["name"], "gender": person["gender"], "birth_date": person["birth_date"],
            "guardian_consent": person["guardian_consent"], "reason": "证件换发",
        });
        let number = person["document"]["number"].as_str().unwrap();
        let document = json!({ "document": person["document"] });
        if number.contains('*') { identity } else { merged(identity, document) }
    }

    /// The volunteer becomes this person, by two who answer for the school.
    pub fn become_another(&self, volunteer: &Volunteer, person: &Value) {
        let path = format!("/v1/volunteers/{}/identity", volunteer.id);
        let asked = self.app.put(&path, &self.coordinator, "*", Self::identity_of(person)).ok();
        self.app
            .post(&format!("/v1/identity-changes/{}/confirm", id(&asked)), &self.colleague, json!({}))
            .ok();
    }

    /// Service at the school's activity that its leader saw, to be sent to `/v1/service-records`.
    /// Times as in `"18T09:00"`: a day of November 2026 and an hour on the city's clock.
    pub fn service(&self, volunteer: &Volunteer, start: &str, end: &str) -> Value {
        json!({
            "activity": self.activity, "volunteer": volunteer.id,
            "start": at(start), "end": at(end), "evidence": "leader",
        })
    }

    /// The same service, as the volunteer claims it.
    pub fn claimed(&self, volunteer: &Volunteer, start: &str, end: &str) -> Value {
        merged(self.service(volunteer, start, end), json!({ "evidence": "claimed" }))
    }

    /// A check-in that the service itself saw, not yet credited; the record's id.
    pub fn checked_in(&self, volunteer: &Volunteer, activity: &str, start: &str, end: &str) -> String {
        let submit = SubmitRecord {
            activity: activity.parse().unwrap(),
            volunteer: volunteer.id.parse().unwrap(),
            interval: Interval { start: timestamp(&at(start)), end: timestamp(&at(end)) },
            breaks: vec![],
            evidence: Evidence::Scan,
            count: None,
            reason: None,
            credit: false,
        };
        let request = Request::of_system(Command::SubmitRecord(submit));
        match self.app.ledger().submit_blocking(request) {
            Ok(EngineAnswer::Single(receipt)) => match receipt.outcome {
                Outcome::Record(record) => record.id.to_string(),
                other => panic!("no record: {other:?}"),
            },
            other => panic!("refused: {other:?}"),
        }
    }

    /// A check-in that the service itself saw, credited by the bureau; the record's id. It earns points whenever it is
    /// entered, also by the real clock of a program that runs beside.
    pub fn serve_seen(&self, volunteer: &Volunteer, start: &str, end: &str) -> String {
        let record = self.checked_in(volunteer, &self.activity, start, end);
        self.credit(&self.bureau_coordinator, &record).ok();
        record
    }

    /// Submits service that its leader saw; the record's id.
    pub fn submit(&self, volunteer: &Volunteer, start: &str, end: &str) -> String {
        let service = self.service(volunteer, start, end);
        id(&self.app.post("/v1/service-records", &self.coordinator, service).created())
    }

    /// Submits that service and has it credited by the bureau in the same step; the record's id.
    pub fn serve(&self, volunteer: &Volunteer, start: &str, end: &str) -> String {
        let service = merged(self.service(volunteer, start, end), json!({ "credit": true }));
        id(&self.app.post("/v1/service-records", &self.bureau_coordinator, service).created())
    }

    /// Service that the admin enters and the bureau credits, as it takes for what is late; as credited.
    pub fn by_two_persons(&self, service: Value) -> Value {
        let record = id(&self.app.post("/v1/service-records", &self.admin, service).created());
        self.credit(&self.bureau_coordinator, &record).ok()
    }

    /// Credits a record as it was entered.
    pub fn credit(&self, token: &str, record: &str) -> Answer {
        self.app.post(&format!("/v1/service-records/{record}/credit"), token, json!({}))
    }

    /// Submits service as long as the school has records on notice for three working days, which it has
    /// not before and after; the record's id.
    pub fn record_on_notice(&self, volunteer: &Volunteer, start: &str, end: &str) -> String {
        let path = format!("/v1/units/{}/notice-policy", self.school);
        let policy =
            |days: Value| self.app.post(&path, &self.coordinator, json!({ "working_days": days })).ok();
        policy(json!(3));
        let record = self.submit(volunteer, start, end);
        policy(json!(null));
        record
    }

    /// Objects to a record on notice; the objection's id.
    pub fn object(&self, token: &str, record: &str) -> String {
        let path = format!("/v1/service-records/{record}/objections");
        id(&self.app.post(&path, token, json!({ "reason": "当天未见到本人" })).created())
    }

    /// The volunteer reports that a record of service at the school's activity is missing; the
    /// correction's id.
    pub fn report_missing(&self, volunteer: &Volunteer, start: &str, end: &str) -> String {
        let missing = json!({
            "volunteer": volunteer.id, "activity": self.activity, "words": "漏登",
            "service": { "start": at(start), "end": at(end) },
        });
        id(&self.app.post("/v1/corrections", &volunteer.token, missing).created())
    }

    /// The volunteer leaves for good, and names what that costs.
    pub fn leave(&self, volunteer: &Volunteer) -> Value {
        self.close(volunteer, &volunteer.token, self.cost_of_leaving(volunteer)).ok()
    }

    /// Asks to close a registration, whatever its version.
    pub fn close(&self, volunteer: &Volunteer, token: &str, body: Value) -> Answer {
        let call = self.app.call("POST", &format!("/v1/volunteers/{}/close", volunteer.id)).token(token);
        call.header("If-Match", "*").json(body).send()
    }

    /// The points and pending records that go with a volunteer who leaves.
    pub fn cost_of_leaving(&self, volunteer: &Volunteer) -> Value {
        let waiting = format!("/v1/service-records?volunteer={}&status=submitted", volunteer.id);
        json!({
            "forfeits_points": self.points(volunteer)[0],
            "abandons_records": self.app.all_pages(&waiting, &self.admin, 200).len(),
        })
    }

    /// Voids a record.
    pub fn void(&self, record: &str) -> Value {
        let path = format!("/v1/service-records/{record}/void");
        self.app.post(&path, &self.coordinator, json!({ "reason": "重复登记" })).ok()
    }

    /// A reward of the school that waits seven days for pick-up.
    pub fn reward(&self, price: &str, stock: u32) -> String {
        let reward = json!({
            "unit": self.school, "name": "雨伞", "price": price, "stock": stock, "hold_days": 7,
        });
        id(&self.app.post("/v1/rewards", &self.coordinator, reward).created())
    }

    /// The volunteer redeems points for the reward.
    pub fn redeem(&self, volunteer: &Volunteer, reward: &str) -> Gift {
        let wish = json!({ "reward": reward, "volunteer": volunteer.id });
        let placed = self.app.post("/v1/redemptions", &volunteer.token, wish).created();
        Gift { id: id(&placed), pickup_code: placed["pickup_code"].as_str().unwrap().to_owned() }
    }

    /// The school hands the gift over.
    pub fn fulfil(&self, gift: &Gift) -> Value {
        let path = format!("/v1/redemptions/{}/fulfil", gift.id);
        self.app.post(&path, &self.coordinator, json!({ "pickup_code": gift.pickup_code })).ok()
    }

    /// The volunteer asks to be moved to a unit; the transfer's id.
    pub fn request_transfer(&self, volunteer: &Volunteer, to_unit: &str) -> String {
        let wish = json!({ "volunteer": volunteer.id, "to_unit": to_unit });
        id(&self.app.post("/v1/transfers", &volunteer.token, wish).created())
    }

    /// Moves a volunteer from the school to the other school, every step by whose turn it is.
    pub fn transfer_to_other_school(&self, volunteer: &Volunteer) -> Value {
        let transfer = self.request_transfer(volunteer, &self.other_school);
        let step = |name| format!("/v1/transfers/{transfer}/{name}");
        self.app.post(&step("release"), &self.coordinator, json!({})).ok();
        self.app.post(&step("accept"), &self.other_coordinator, json!({})).ok()
    }

    /// The volunteer's whole life, certified by the coordinator.
    pub fn certify(&self, volunteer: &Volunteer) -> Certificate {
        let wish = json!({ "volunteer": volunteer.id });
        Certificate::of(&self.app.post("/v1/certificates", &self.coordinator, wish).created())
    }

    /// What the volunteer has.
    pub fn account(&self, volunteer: &Volunteer) -> Value {
        self.app.get(&format!("/v1/volunteers/{}/account", volunteer.id), &self.admin).ok()
    }

    /// Points available, held and owed.
    pub fn points(&self, volunteer: &Volunteer) -> [String; 3] {
        let points = &self.account(volunteer)["points"];
        ["available", "held", "debt"].map(|part| points[part].as_str().unwrap().to_owned())
    }

    fn next(&self) -> u32 {
        self.made.fetch_add(1, Ordering::Relaxed) + 1
    }
}

/// A passport that no volunteer of the town has.
pub fn document_of_operator(number: u32) -> Value {
    json!({ "kind": "passport", "number": format!("P{number:07}") })
}

/// `"18T09:00"` as the instant on 18 November 2026 at nine on the city's clock.
pub fn at(time: &str) -> String {
    format!("2026-11-{time}:00+08:00")
}

/// An object with members added or replaced.
pub fn merged(mut object: Value, other: Value) -> Value {
    let Value::Object(members) = other else { panic!("no object: {other}") };
    object.as_object_mut().unwrap().extend(members);
    object
}
