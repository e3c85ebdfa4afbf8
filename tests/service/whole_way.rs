//! The whole way of voluntary service, told once from the plan to the audit. Read this first: each chapter
//! is what an office does, over HTTP, with every figure that it comes to.
//!
//! | who | served on 30 September | evidence | credited | points |
//! |---|---|---|---|---|
//! | Wang Xiaoming 王小明 | 09:00 to 12:00 | seen by the leader | 180 minutes | 3.00 |
//! | Li Lei 李雷 | 09:00 to 11:30, 30 minutes of it lunch | seen by the leader, said by himself, too | 120 minutes | 2.00 |
//! | Han Meimei 韩梅梅, 16 years old | 09:00 to 11:00 | back-filled, for she was not on the leader's list | 120 minutes | none |

use crate::support::audit_folder::AuditFolder;
use crate::support::clock::TestClock;
use crate::support::database::Directory;
use crate::support::each_database;
use crate::support::http::{App, id};
use crate::support::town::merged;
use hourbook::engine::WriterOptions;
use serde_json::{Value, json};
use std::sync::Arc;

#[test]
fn from_the_plan_to_the_audit() {
    each_database("whole-way", |url| {
        let clock = Arc::new(TestClock::at("2026-09-21T09:00:00+08:00"));
        let app = &App::start_with(&url, &clock, &WriterOptions::default());

        let city = City::plan(app);
        let lake = city.set_up_a_day_at_the_lake();
        let [wang, li, han] = city.register_three_volunteers();

        app.clock.set("2026-09-30T12:30:00+08:00");
        let [record_of_wang, record_of_li] = city.the_leader_saw_two(&lake, &wang, &li);
        app.clock.set("2026-10-09T09:00:00+08:00");
        let backfill_of_han = city.the_recorder_enters_what_was_forgotten(&lake, &han);
        city.everybody_reads_the_public_notice(&li, [&record_of_wang, &record_of_li, &backfill_of_han]);
        let objection = city.a_member_objects(&li, &backfill_of_han);

        app.clock.set("2026-10-11T00:00:00+08:00");
        city.credit_what_was_seen([(&wang, &record_of_wang), (&li, &record_of_li)]);
        app.clock.set("2026-10-14T00:00:00+08:00");
        city.resolve_the_objection_and_credit(&objection, &han, &backfill_of_han);
        city.totals_and_stars_follow(&wang, &li, &han);

        app.clock.set("2026-10-20T10:00:00+08:00");
        city.a_volunteer_moves_with_her_points(&wang);
        app.clock.set("2026-10-21T10:00:00+08:00");
        city.she_redeems_them_where_she_is_now(&wang);

        app.clock.set("2026-11-02T10:00:00+08:00");
        let assessment = city.assess_both_schools();
        app.clock.set("2026-11-03T10:00:00+08:00");
        city.she_has_it_certified(&wang);
        city.the_assessment_stays_what_it_was(&assessment);
        city.an_auditor_takes_it_all_away_and_checks_it();
    });
}

/// A bureau with two schools.
struct City<'a> {
    app: &'a App,
    admin: String,
    auditor: String,
    bureau: String,
    first_school: School,
    second_school: School,
    assessment_scheme: String,
}

/// A school, and the tokens of who acts for it.
struct School {
    unit: String,
    /// Enters what was seen or forgotten.
    recorder: String,
    /// Credits, resolves, releases and hands over.
    approver: String,
}

struct Volunteer {
    id: String,
    token: String,
}

/// The calendar of the State Council for 2026: the National Day holiday lasts from 1 to 7 October, and
/// Saturday, the 10th, is worked.
const CALENDAR: &str = include_str!("../../docs/calendar-2026.csv");

impl<'a> City<'a> {
    /// Chapter 1. Units with their staff, who acts for them, and the terms: what earns points, what makes
    /// a star, by what schools are judged, which days are worked, how long records are on public notice.
    fn plan(app: &'a App) -> Self {
        let admin = app.admin();
        let unit = |code: &str, name: &str, kind: &str, parent: Option<&str>| {
            let unit = json!({ "code": code, "name": name, "kind": kind, "parent": parent });
            id(&app.post("/v1/units", &admin, unit).created())
        };
        let operator = |login: &str, role: &str, unit: &str| {
            let document = json!({ "kind": "passport", "number": format!("P{}", login.replace('-', "")) });
            let operator = json!({
                "login": login, "name": "李老师", "role": role, "unit": unit, "document": document,
            });
            let operator = id(&app.post("/v1/operators", &admin, operator).created());
            app.operator_token(&operator, role, Some(unit))
        };
        let bureau = unit("EDU-SPORTS", "市教育体育局", "bureau", None);
        let [first_school, second_school] =
            [("SCHOOL-1", "市第一中学"), ("SCHOOL-2", "市第二中学")].map(|(code, name)| {
                let unit = unit(code, name, "school", Some(&bureau));
                let login = |task: &str| format!("{}-{task}", code.to_lowercase());
                let recorder = operator(&login("recorder"), "coordinator", &unit);
                let approver = operator(&login("approver"), "coordinator", &unit);
                School { unit, recorder, approver }
            });
        let auditor = operator("auditor", "auditor", &bureau);
        for (school, staff, party_members) in [(&first_school, 4, 1), (&second_school, 2, 1)] {
            let people =
                json!({ "effective_from": "2026-09-01", "staff": staff, "party_members": party_members });
            app.post(&format!("/v1/units/{}/headcounts", school.unit), &school.approver, people).created();
        }

        let policy = json!({
            "effective_from": "2026-09-21", "points_per_hour": "1", "points_per_count": "5",
            "earning_grades": ["scan", "geo", "leader"], "validity": { "kind": "months", "months": 24 },
        });
        app.post("/v1/points-policies", &admin, policy).created();
        let stars = json!({
            "effective_from": "2026-09-21", "threshold_minutes": [120, 600],
            "counting_grades": ["scan", "geo", "leader"],
        });
        app.post("/v1/star-schemes", &admin, stars).created();
        let indicator = |code: &str, kind: &str, [comparison, threshold, weight]: [&str; 3]| {
            json!({
                "code": code, "kind": kind, "comparison": comparison, "threshold": threshold, "weight": weight,
            })
        };
        let indicators = json!([
            indicator("注册率", "registration_rate", ["at_least", "0.5", "10"]),
            indicator("活跃率", "active_rate", ["at_least", "0.8", "10"]),
            indicator("人均时长", "minutes_per_registered", ["at_least", "150", "5"]),
            merged(indicator("一星率", "star_share", ["at_least", "0.5", "5"]), json!({ "star": 1 })),
            indicator("补录率", "backfill_share", ["at_most", "0.4", "10"]),
            indicator("活动场次", "events_held", ["at_least", "1", "2.25"]),
        ]);
        let scheme = json!({ "name": "2026年度量化考核", "indicators": indicators });
        let assessment_scheme = id(&app.post("/v1/assessment-schemes", &admin, scheme).created());

        let days: Vec<Value> = CALENDAR
            .lines()
            .skip(1)
            .map(|line| line.split_once(',').unwrap())
            .map(|(day, kind)| json!({ "day": day, "kind": kind }))
            .collect();
        let marked = app.post("/v1/calendar", &admin, json!({ "days": days })).ok();
        assert_eq!(marked["days"].as_array().unwrap().len(), 39);
        let path = format!("/v1/units/{}/notice-policy", first_school.unit);
        app.post(&path, &first_school.approver, json!({ "working_days": 3 })).ok();
        Self { app, admin, auditor, bureau, first_school, second_school, assessment_scheme }
    }

    /// Chapter 2. A programme of the bureau, and a day of it at the first school; the activity's id.
    fn set_up_a_day_at_the_lake(&self) -> String {
        let programme =
            json!({ "unit": self.bureau, "name": "绿水青山守护行", "brands": ["点亮人生终身学习"] });
        let programme = id(&self.app.post("/v1/programmes", &self.admin, programme).created());
        let window = json!({ "start": "2026-09-30T08:00:00+08:00", "end": "2026-09-30T18:00:00+08:00" });
        let activity = json!({
            "programme": programme, "unit": self.first_school.unit, "name": "我爱白龟湖", "window": window,
            "headcount": 20, "place": "白龟湖畔",
        });
        let activity = id(&self.app.post("/v1/activities", &self.first_school.approver, activity).created());
        let shown = self.app.get(&format!("/v1/activities/{activity}"), &self.auditor).ok();
        assert_eq!(shown["record_by"], "2026-10-20", "ten working days after it, the holiday left out");
        activity
    }

    /// Chapter 3. Three people register with the first school, with consent, the youngest with her
    /// guardian's, too; their numbers are masked for readers who need not see them.
    fn register_three_volunteers(&self) -> [Volunteer; 3] {
        let consent = json!({ "given_at": "2026-09-20T09:00:00+08:00", "text_version": "2026-1" });
        let person = |name: &str, gender: &str, birth_date: &str, [kind, number]: [&str; 2], mobile: &str| {
            json!({
                "unit": self.first_school.unit, "name": name, "gender": gender, "birth_date": birth_date,
                "document": { "kind": kind, "number": number }, "mobile": mobile, "consent": consent,
            })
        };
        let identity = ["resident_identity", "11010519491231002X"];
        let wang = person("王小明", "female", "1949-12-31", identity, "13800138001");
        let li = person("李雷", "male", "1990-05-20", ["passport", "E0000002"], "13800138002");
        let han = person("韩梅梅", "female", "2010-05-20", ["passport", "E0000003"], "13800138003");
        let register = |person: Value| self.app.post("/v1/volunteers", &self.first_school.recorder, person);
        register(han.clone()).refused(422, "guardian_consent_missing");
        let guardian = json!({
            "name": "韩大海", "given_at": "2026-09-20T09:00:00+08:00", "text_version": "2026-1",
        });
        let han = merged(han, json!({ "guardian_consent": guardian }));
        let volunteers = [wang.clone(), li, han].map(|person| {
            let id = id(&register(person).created());
            Volunteer { token: self.app.volunteer_token(&id), id }
        });
        register(wang).refused(409, "identity_taken");
        let seen = self.app.get(&format!("/v1/volunteers/{}", volunteers[0].id), &self.auditor).ok();
        assert_eq!(
            (&seen["person"]["document"]["number"], &seen["person"]["mobile"]),
            (&json!("******************"), &json!("***********"))
        );
        volunteers
    }

    /// Chapter 4. Two serve at the lake, and the recorder who is there enters it on the spot. A click that is sent twice
    /// counts once, nobody is at two places at a time, and no request says that somebody checked in. One of them
    /// confirms it.
    fn the_leader_saw_two(&self, activity: &str, wang: &Volunteer, li: &Volunteer) -> [String; 2] {
        let seen = |volunteer: &Volunteer, end: &str, key: &str, evidence: &str| {
            let service = json!({
                "activity": activity, "volunteer": volunteer.id, "evidence": evidence,
                "start": "2026-09-30T09:00:00+08:00", "end": end,
            });
            let recorder = &self.first_school.recorder;
            self.app.call("POST", "/v1/service-records").token(recorder).key(key).json(service).send()
        };
        let until_noon = "2026-09-30T12:00:00+08:00";
        seen(wang, until_noon, "wang-0", "scan").refused(422, "evidence_not_seen");
        let of_wang = seen(wang, until_noon, "wang-1", "leader").created();
        let again = seen(wang, until_noon, "wang-1", "leader").created();
        assert_eq!(again, of_wang, "the click again, the same answer");
        let overlap = seen(wang, until_noon, "wang-2", "leader").refused(409, "record_overlaps");
        assert_eq!(overlap["record"], of_wang["id"]);
        let of_li = seen(li, "2026-09-30T11:30:00+08:00", "li-1", "leader").created();
        let confirm = format!("/v1/service-records/{}/confirm", id(&of_li));
        self.app.post(&confirm, &li.token, json!({})).ok();
        for (record, claimed_minutes) in [(&of_wang, 180), (&of_li, 150)] {
            assert_eq!(record["claimed_minutes"], claimed_minutes);
            assert_eq!((&record["status"], &record["late"]), (&json!("submitted"), &json!(false)));
            assert_eq!(
                record["notice_ends_at"], "2026-10-11T00:00:00+08:00",
                "8, 9 and 10 October are worked"
            );
        }
        [id(&of_wang), id(&of_li)]
    }

    /// Chapter 5. The recorder back-fills (补录) what was forgotten: with a reason, within the ten working
    /// days, and on a notice of its own.
    fn the_recorder_enters_what_was_forgotten(&self, activity: &str, han: &Volunteer) -> String {
        let service = json!({
            "activity": activity, "volunteer": han.id, "evidence": "backfill",
            "start": "2026-09-30T09:00:00+08:00", "end": "2026-09-30T11:00:00+08:00",
        });
        let enter =
            |service: Value| self.app.post("/v1/service-records", &self.first_school.recorder, service);
        enter(service.clone()).refused(422, "reason_missing");
        let record = enter(merged(service, json!({ "reason": "名单漏登，凭签到表" }))).created();
        assert_eq!((&record["claimed_minutes"], &record["late"]), (&json!(120), &json!(false)));
        assert_eq!(record["notice_ends_at"], "2026-10-14T00:00:00+08:00", "10, 12 and 13 October");
        id(&record)
    }

    /// Chapter 6. Public notice (公示): every member reads it, names masked; nothing is credited while it
    /// runs.
    fn everybody_reads_the_public_notice(&self, reader: &Volunteer, records: [&str; 3]) {
        let listed = self.app.all_pages("/v1/notices", &reader.token, 2);
        let shown = |notice: &Value| {
            let text = |name: &str| notice[name].as_str().unwrap().to_owned();
            (text("record"), text("name"), notice["claimed_minutes"].as_i64().unwrap())
        };
        let [of_wang, of_li, of_han] = records.map(str::to_owned);
        assert_eq!(
            listed.iter().map(shown).collect::<Vec<_>>(),
            [
                (of_han, "韩*梅".to_owned(), 120),
                (of_li, "李*".to_owned(), 150),
                (of_wang, "王*明".to_owned(), 180),
            ],
            "the newest first"
        );
        for record in records {
            self.credit(&self.first_school.approver, record, json!({})).refused(409, "notice_running");
        }
    }

    /// Chapter 7. A member objects (异议) to the back-fill; the objection's id.
    fn a_member_objects(&self, member: &Volunteer, record: &str) -> String {
        let path = format!("/v1/service-records/{record}/objections");
        let objection = self.app.post(&path, &member.token, json!({ "reason": "当天未见到本人" })).created();
        assert_eq!((&objection["status"], &objection["record"]), (&json!("open"), &json!(record)));
        id(&objection)
    }

    /// Chapter 8. The notice is over: what was seen is credited by somebody else than who entered it, less a lunch, and
    /// earns points.
    fn credit_what_was_seen(&self, [wang, li]: [(&Volunteer, &str); 2]) {
        self.credit(&self.first_school.recorder, wang.1, json!({})).refused(422, "second_person_needed");
        let credited = self.credit(&self.first_school.approver, wang.1, json!({})).ok();
        assert_eq!((&credited["status"], &credited["credited_minutes"]), (&json!("credited"), &json!(180)));
        let lunch = json!({ "deductions": [{ "minutes": 30, "reason": "午餐" }] });
        let credited = self.credit(&self.first_school.approver, li.1, lunch).ok();
        assert_eq!((&credited["claimed_minutes"], &credited["credited_minutes"]), (&json!(150), &json!(120)));
        assert_eq!(self.minutes_and_points(wang.0), (180, ["3.00", "0.00", "0.00"].map(str::to_owned)));
        assert_eq!(self.minutes_and_points(li.0), (120, ["2.00", "0.00", "0.00"].map(str::to_owned)));
    }

    /// Chapter 9. The objection holds the back-fill also when its notice is over, until somebody other than
    /// the recorder resolves it; then somebody other than the recorder credits it. It earns no points.
    fn resolve_the_objection_and_credit(&self, objection: &str, han: &Volunteer, record: &str) {
        let School { recorder, approver, .. } = &self.first_school;
        self.credit(approver, record, json!({})).refused(409, "objection_open");
        let dismiss = |token: &str| {
            let path = format!("/v1/objections/{objection}/dismiss");
            self.app.post(&path, token, json!({ "reason": "已核对签到表，本人在场" }))
        };
        dismiss(recorder).refused(422, "resolution_by_recorder");
        assert_eq!(dismiss(approver).ok()["status"], "dismissed");
        self.credit(recorder, record, json!({})).refused(422, "approval_of_own_backfill");
        assert_eq!(self.credit(approver, record, json!({})).ok()["credited_minutes"], 120);
        assert_eq!(self.minutes_and_points(han), (120, ["0.00"; 3].map(str::to_owned)));
    }

    /// Chapter 10. Totals by evidence, and stars (星级) from the evidence that counts towards them.
    fn totals_and_stars_follow(&self, wang: &Volunteer, li: &Volunteer, han: &Volunteer) {
        let totals =
            self.app.get("/v1/totals/minutes?group_by=month,grade&count_volunteers=true", &self.auditor).ok();
        assert_eq!(
            totals["items"],
            json!([
                {
                    "month": "2026-09", "grade": "backfill", "credited_minutes": 120, "self_declared": 0,
                    "claimed": 0, "occasions": 0, "records": 1, "volunteers": 1,
                },
                {
                    "month": "2026-09", "grade": "leader", "credited_minutes": 300, "self_declared": 0,
                    "claimed": 0, "occasions": 0, "records": 2, "volunteers": 2,
                },
            ])
        );
        for (volunteer, counted_minutes, stars) in [(wang, 180, 1), (li, 120, 1), (han, 0, 0)] {
            let star = self.app.get(&format!("/v1/volunteers/{}/star", volunteer.id), &volunteer.token).ok();
            assert_eq!(
                (&star["counted_minutes"], &star["star"]),
                (&json!(counted_minutes), &json!(stars)),
                "{star}"
            );
            let first = json!({ "star": 1, "threshold_minutes": 120, "reached_on": "2026-09-30" });
            assert_eq!(star["reached"], if stars == 1 { json!([first]) } else { json!([]) });
        }
    }

    /// Chapter 11. Transfer (关系转接): asked for, released, accepted. Her points move, her hours stay.
    fn a_volunteer_moves_with_her_points(&self, wang: &Volunteer) {
        let wish = json!({ "volunteer": wang.id, "to_unit": self.second_school.unit });
        let transfer = id(&self.app.post("/v1/transfers", &wang.token, wish).created());
        let step = |step: &str, token: &str| {
            self.app.post(&format!("/v1/transfers/{transfer}/{step}"), token, json!({})).ok()
        };
        assert_eq!(step("release", &self.first_school.approver)["status"], "released");
        assert_eq!(step("accept", &self.second_school.approver)["status"], "accepted");

        assert_eq!(self.minutes_and_points(wang), (180, ["3.00", "0.00", "0.00"].map(str::to_owned)));
        assert_eq!(self.minutes_of(&self.first_school), 420, "hours stay where they were served");
        assert_eq!(self.minutes_of(&self.second_school), 0);
        assert_eq!(
            self.books_of(&self.first_school),
            [("issued", "5.00"), ("available", "2.00"), ("transferred_out", "3.00")].map(in_books)
        );
        assert_eq!(
            self.books_of(&self.second_school),
            [("available", "3.00"), ("transferred_out", "-3.00")].map(in_books)
        );
    }

    /// Chapter 12. Redemption (积分兑换): points and the last umbrella are held, and handed over against
    /// the code. It never changes hours.
    fn she_redeems_them_where_she_is_now(&self, wang: &Volunteer) {
        let umbrella = json!({
            "unit": self.second_school.unit, "name": "雨伞", "price": "2.50", "stock": 1, "hold_days": 7,
        });
        let umbrella = id(&self.app.post("/v1/rewards", &self.second_school.approver, umbrella).created());
        let wish = json!({ "reward": umbrella, "volunteer": wang.id });
        let placed = self.app.post("/v1/redemptions", &wang.token, wish).created();
        assert_eq!(self.minutes_and_points(wang), (180, ["0.50", "2.50", "0.00"].map(str::to_owned)));

        let hand_over = |code: &Value| {
            let path = format!("/v1/redemptions/{}/fulfil", id(&placed));
            self.app.post(&path, &self.second_school.approver, json!({ "pickup_code": code }))
        };
        hand_over(&json!("000-000")).refused(422, "pickup_code_wrong");
        assert_eq!(hand_over(&placed["pickup_code"]).ok()["status"], "fulfilled");
        assert_eq!(self.minutes_and_points(wang), (180, ["0.50", "0.00", "0.00"].map(str::to_owned)));
        let umbrella = self.app.get(&format!("/v1/rewards/{umbrella}"), &self.auditor).ok();
        let stock = ["stock_available", "stock_held", "stock_fulfilled"].map(|part| &umbrella[part]);
        assert_eq!(stock, [0, 0, 1]);
        assert_eq!(
            self.books_of(&self.second_school),
            [("available", "0.50"), ("redeemed", "2.50"), ("transferred_out", "-3.00")].map(in_books)
        );
    }

    /// Chapter 13. Assessment (量化考核) of both schools over September and October: value, score and what
    /// each figure counts. She counts with the school that she belonged to at its end.
    fn assess_both_schools(&self) -> Value {
        let assessed = self.ask_assessment("");
        assert_eq!(assessed["assessment"]["out_of"], "42.25");
        let ranking = assessed["assessment"]["ranking"].as_array().unwrap();
        let shown = |school: &Value| {
            let text = |name: &str| school[name].as_str().unwrap().to_owned();
            (school["rank"].as_i64().unwrap(), text("code"), text("score"))
        };
        assert_eq!(
            ranking.iter().map(shown).collect::<Vec<_>>(),
            [(1, "SCHOOL-1".to_owned(), "37.25".to_owned()), (2, "SCHOOL-2".to_owned(), "30.00".to_owned())]
        );
        let figures = |school: &Value| -> Vec<String> {
            let indicators = school["indicators"].as_array().unwrap().iter();
            indicators
                .map(|one| {
                    let text = |name: &str| one[name].as_str().unwrap_or("none").to_owned();
                    let [code, value, score] = ["code", "value", "score"].map(text);
                    format!("{code} {}/{} = {value}: {score}", one["numerator"], one["denominator"])
                })
                .collect()
        };
        assert_eq!(
            figures(&ranking[0]),
            [
                "注册率 2/4 = 0.5000: 10.00",
                "活跃率 2/2 = 1.0000: 10.00",
                "人均时长 240/2 = 120.0000: 0.00",
                "一星率 1/2 = 0.5000: 5.00",
                "补录率 1/3 = 0.3333: 10.00",
                "活动场次 1/1 = 1.0000: 2.25",
            ]
        );
        assert_eq!(
            figures(&ranking[1]),
            [
                "注册率 1/2 = 0.5000: 10.00",
                "活跃率 1/1 = 1.0000: 10.00",
                "人均时长 180/1 = 180.0000: 5.00",
                "一星率 1/1 = 1.0000: 5.00",
                "补录率 0/0 = none: 0.00",
                "活动场次 0/1 = 0.0000: 0.00",
            ]
        );
        for one in ranking.iter().flat_map(|school| school["indicators"].as_array().unwrap()) {
            self.app.get(one["explained_by"].as_str().unwrap(), &self.auditor).ok();
        }
        assessed
    }

    /// Chapter 14. She issues herself a certificate (志愿服务记录证明); anybody who holds it looks it up without
    /// being anybody here.
    fn she_has_it_certified(&self, wang: &Volunteer) {
        let issued =
            self.app.post("/v1/certificates", &wang.token, json!({ "volunteer": wang.id })).created();
        assert_eq!((&issued["credited_minutes"], &issued["records"]), (&json!(180), &json!(1)));
        let look_up = |number: &str, code: &str| {
            self.app.call("GET", &format!("/v1/certificates/lookup?number={number}&code={code}")).send()
        };
        let [number, code] = ["number", "code"].map(|name| issued[name].as_str().unwrap());
        let found = look_up(number, code).ok();
        assert_eq!((&found["state"], &found["credited_minutes"]), (&json!("valid"), &json!(180)));
        look_up(number, "0000-0000-0000-0000").refused(404, "certificate_not_found");
        let pdf = self.app.get(&format!("/v1/certificates/{}/pdf", id(&issued)), &wang.token);
        assert_eq!((pdf.status, &pdf.bytes[..5]), (200, &b"%PDF-"[..]));
    }

    /// Chapter 15. Asked again as of the same entry, the assessment is the same to the last digit.
    fn the_assessment_stays_what_it_was(&self, assessment: &Value) {
        let again = self.ask_assessment(&format!("&as_of={}", assessment["assessment"]["as_of"]));
        assert_eq!(again["digest"], assessment["digest"]);
        assert_eq!(&again, assessment);
    }

    /// Chapter 16. An auditor takes a folder away and has the totals recomputed from the signed journal by
    /// our program, and by a script of Python's standard library that can be read first.
    fn an_auditor_takes_it_all_away_and_checks_it(&self) {
        assert!(self.app.seal(&Directory::new("whole-way-memory")).unwrap(), "the journal has grown");
        let now = self.app.get("/v1/totals/minutes", &self.auditor).ok();
        let folder = AuditFolder::export(&self.app.url, "EDU-SPORTS", &now["as_of"].to_string());
        let [first, second] = [&self.first_school.unit, &self.second_school.unit];
        assert_eq!(
            folder.text("minutes.csv"),
            format!(
                "unit,month,evidence,credited_minutes\n\
                 {first},2026-09,backfill,120\n\
                 {first},2026-09,leader,300\n"
            )
        );
        assert_eq!(
            folder.text("points.csv"),
            format!(
                "unit,account,points_hundredths\n\
                 {first},available,200\n{first},issued,-500\n{first},transferred,300\n\
                 {second},available,50\n{second},redeemed,250\n{second},transferred,-300\n"
            )
        );

        let ours = folder.checked_by_us(&folder.path);
        assert_eq!(ours.code, Some(0), "{ours:?}");
        let theirs = folder.checked_by_script(&folder.path).unwrap();
        let expected =
            format!("as it says: {} entries, root {}", now["as_of"], now["root"].as_str().unwrap());
        for said in [&ours.stdout, &theirs] {
            assert!(said.starts_with(&expected), "{said}");
        }
        let forged = folder.text("entries.ndjson").replacen("\"minutes\":30", "\"minutes\":3", 1);
        assert_ne!(forged, folder.text("entries.ndjson"), "the lunch is in the journal");
        std::fs::write(folder.path.join("entries.ndjson"), forged).unwrap();
        assert_eq!(folder.checked_by_us(&folder.path).code, Some(1));
        folder.checked_by_script(&folder.path).unwrap_err();
        self.app.assert_verified();
    }

    fn credit(&self, token: &str, record: &str, body: Value) -> crate::support::http::Answer {
        self.app.post(&format!("/v1/service-records/{record}/credit"), token, body)
    }

    /// Minutes for life; points available, held and owed.
    fn minutes_and_points(&self, volunteer: &Volunteer) -> (i64, [String; 3]) {
        let account =
            self.app.get(&format!("/v1/volunteers/{}/account", volunteer.id), &volunteer.token).ok();
        let points =
            ["available", "held", "debt"].map(|part| account["points"][part].as_str().unwrap().to_owned());
        (account["minutes"].as_i64().unwrap(), points)
    }

    /// Minutes that were served with a school.
    fn minutes_of(&self, school: &School) -> i64 {
        let totals = self.app.get(&format!("/v1/totals/minutes?unit={}", school.unit), &self.auditor).ok();
        totals["items"][0]["credited_minutes"].as_i64().unwrap()
    }

    /// The points in a school's books, without what is 0.
    fn books_of(&self, school: &School) -> Vec<(String, String)> {
        let totals = self.app.get(&format!("/v1/totals/points?unit={}", school.unit), &self.auditor).ok();
        let books = &totals["items"][0];
        ["issued", "available", "held", "redeemed", "expired", "debt", "transferred_out"]
            .map(|part| in_books((part, books[part].as_str().unwrap())))
            .into_iter()
            .filter(|(_, points)| points != "0.00")
            .collect()
    }

    fn ask_assessment(&self, more: &str) -> Value {
        let of = format!("unit={}&each=children&scheme={}", self.bureau, self.assessment_scheme);
        let period = "from=2026-09-01&to=2026-10-31";
        self.app.get(&format!("/v1/assessments?{of}&{period}{more}"), &self.auditor).ok()
    }
}

fn in_books((part, points): (&str, &str)) -> (String, String) {
    (part.to_owned(), points.to_owned())
}
