//! Every operation of the specification, and a request that each takes.
//!
//! What goes through all operations gets them from here, so that a new one is covered by itself; it
//! fails until [`ask`] knows a request for it.

use super::database::Directory;
use super::http::{Answer, App, Client, id};
use super::recruiting::told;
use super::schemas::assert_fits;
use super::town::{Certificate, Town, Volunteer, at, merged};
use super::wechat::{MINI_PROGRAM, bind, ticket};
use hourbook::api::openapi::openapi;
use hourbook::api::problem::codes;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// An operation as the specification describes it.
#[derive(Debug)]
pub struct Operation {
    /// As in a request line.
    pub method: String,
    /// With `{id}` where an id stands.
    pub path: String,
    /// Who may call it; nobody has to say who she is where there is nothing.
    pub roles: Option<BTreeSet<String>>,
    pub parameters: BTreeSet<Parameter>,
    /// The names of those in its query.
    pub query: BTreeSet<String>,
    pub takes_body: bool,
    /// A body as the specification shows it.
    pub example: Option<Value>,
    /// What its body must have.
    pub required: BTreeSet<String>,
    /// The codes of its refusals, by status; none for statuses that are no refusals.
    pub answers: BTreeMap<u16, BTreeSet<String>>,
    /// Pointers to the schemas of its answers in JSON, by status.
    pub schemas: BTreeMap<u16, String>,
}

/// A parameter of an operation.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Parameter {
    pub name: String,
    pub is_required: bool,
}

impl Operation {
    /// Method and path.
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Whether it changes nothing.
    pub fn reads(&self) -> bool {
        self.method == "GET"
    }

    /// Whether it reads by a body, so that what is looked for stands in no address.
    pub fn searches(&self) -> bool {
        self.path == "/v1/volunteers/search"
    }

    /// Whether it takes data out, which the journal tells of though nothing is changed.
    pub fn exports(&self) -> bool {
        self.path.starts_with("/v1/exports/")
    }

    /// Whether it is for who reads the whole journal only.
    pub fn is_of_the_whole(&self) -> bool {
        self.path == "/v1/exports/audit-folder"
    }

    /// Whether what it changes is a fact of the ledger; a session is none, nor what somebody has read.
    pub fn is_of_the_ledger(&self) -> bool {
        let beside = ["/v1/me/sessions/{id}/end", "/v1/me/messages/read", "/v1/check-codes/shown"];
        !beside.contains(&&*self.path) && !self.searches()
    }

    /// How many entries of the journal it makes: where an attendance ends, its record's is another; who applied is
    /// registered and bound besides.
    pub fn entries(&self) -> i64 {
        let besides = match self.path.as_str() {
            "/v1/check-outs" | "/v1/attendances/{id}/complete" | "/v1/applications/{id}/recognise" => 1,
            "/v1/applications/{id}/confirm" => 2,
            _ => 0,
        };
        i64::from((!self.reads() && self.is_of_the_ledger()) || self.exports()) + besides
    }

    /// Whether those of a role may call it.
    pub fn admits(&self, role: &str) -> bool {
        self.roles.as_ref().is_none_or(|roles| roles.contains(role))
    }

    /// Demands that the answer is one that the specification tells of, and is no fault of the service.
    #[track_caller]
    pub fn assert_tells_of(&self, answer: &Answer) {
        let Answer { asked, status, text, .. } = answer;
        assert!(*status < 500, "{asked}: {status} {text}");
        let codes = self.answers.get(status);
        let codes = codes.unwrap_or_else(|| panic!("nothing tells of {status} to {asked}: {text}"));
        // What has no body has no type either.
        let has_type = answer.headers.contains_key("content-type");
        if has_type && answer.header("content-type").contains("json") {
            assert_fits(&self.schemas[status], &answer.body, asked);
        }
        if *status < 400 {
            return;
        }
        assert_eq!(answer.header("content-type"), "application/problem+json", "{asked}: {text}");
        let code = answer.body["code"].as_str().unwrap_or_else(|| panic!("{asked}: {text}"));
        assert!(codes.contains(code), "nothing tells of {status} {code} to {asked}: {text}");
    }
}

/// The specification, as JSON.
pub fn specification() -> &'static Value {
    static SPECIFICATION: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(openapi()).unwrap());
    &SPECIFICATION
}

/// All of them.
pub fn operations() -> Vec<Operation> {
    let paths = specification()["paths"].as_object().unwrap();
    let of_path = |(path, item): (&'static String, &'static Value)| -> Vec<Operation> {
        let methods = item.as_object().unwrap().iter();
        methods.map(|(method, operation)| read(method, path, operation)).collect()
    };
    paths.iter().flat_map(of_path).collect()
}

/// What a reference leads to; whatever is none, leads to itself.
fn resolved(value: &Value) -> &Value {
    let reference = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    reference.map_or(value, |pointer| specification().pointer(pointer).unwrap())
}

/// The status that a code has, wherever it is given.
fn status_of(code: &str) -> u16 {
    let known = codes().find(|(known, ..)| *known == code);
    known.unwrap_or_else(|| panic!("there is no code {code}")).1.as_u16()
}

fn read(method: &str, path: &str, operation: &'static Value) -> Operation {
    let texts = |value: &Value| -> BTreeSet<String> {
        value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let parameters: Vec<&Value> = parameters.map(resolved).collect();
    let name = |parameter: &Value| parameter["name"].as_str().unwrap().to_owned();
    let query = parameters.iter().filter(|parameter| parameter["in"] == "query").map(|query| name(query));
    let parameter = |of: &&Value| Parameter { name: name(of), is_required: of["required"] == true };
    let listed = |response: &'static Value| -> BTreeSet<String> {
        let schema = &resolved(response)["content"]["application/problem+json"]["schema"];
        let parts = schema["oneOf"].as_array().into_iter().flatten().map(resolved);
        let codes = |schema: &Value| schema.pointer("/allOf/1/properties/code/enum").map(texts);
        std::iter::once(resolved(schema)).chain(parts).filter_map(codes).flatten().collect()
    };
    let body = operation.pointer("/requestBody/content/application~1json/schema");
    // A body that may be left out is either none or this.
    let chosen = |schema: &'static Value| match schema["oneOf"].as_array() {
        Some(choices) => choices.iter().find(|choice| choice.get("$ref").is_some()).unwrap(),
        None => schema,
    };
    let body = body.map(|schema| resolved(chosen(schema)));
    let required = body.and_then(|schema| schema.get("required")).map(texts);
    let security = operation.get("security").unwrap_or(&specification()["security"]);
    let (mut answers, mut schemas) = (BTreeMap::<u16, BTreeSet<String>>::new(), BTreeMap::new());
    for (status, response) in operation["responses"].as_object().unwrap() {
        let place = match response["$ref"].as_str() {
            Some(reference) => reference.trim_start_matches('#').to_owned(),
            None => format!("/paths/{}/{method}/responses/{status}", path.replace('/', "~1")),
        };
        let content = resolved(response)["content"].as_object().into_iter().flatten();
        let media_type =
            content.map(|(media_type, _)| media_type).find(|media_type| media_type.contains("json"));
        let schema = media_type.map(|kind| format!("{place}/content/{}/schema", kind.replace('/', "~1")));
        let listed = listed(response);
        // `default`, the last, is for the status of each of its codes that does not stand by itself.
        let statuses: BTreeSet<u16> = match status.parse() {
            Ok(status) => [status].into(),
            Err(_) => listed.iter().map(|code| status_of(code)).collect(),
        };
        for status in statuses {
            if answers.contains_key(&status) {
                continue;
            }
            let of_status = listed.iter().filter(|code| status_of(code) == status).cloned();
            answers.insert(status, of_status.collect());
            schemas.extend(schema.clone().map(|schema| (status, schema)));
        }
    }

    Operation {
        method: method.to_uppercase(),
        path: path.to_owned(),
        roles: security.get(0).map(|security| texts(&security["bearer"])),
        parameters: parameters.iter().map(parameter).collect(),
        query: query.collect(),
        takes_body: operation.get("requestBody").is_some(),
        example: body.and_then(|schema| schema.get("example")).cloned(),
        required: required.unwrap_or_default(),
        answers,
        schemas,
    }
}

/// A request that is right in all its parts.
#[derive(Clone, Debug)]
pub struct Ask {
    pub method: String,
    pub path: String,
    pub body: Option<Value>,
    pub if_match: Option<&'static str>,
    /// The token of somebody who may ask this.
    pub token: String,
}

impl Ask {
    /// Sends it on behalf of the token's holder.
    pub fn send_as(&self, client: &Client, token: Option<&str>) -> Answer {
        let mut call = client.call(&self.method, &self.path);
        if let Some(token) = token {
            call = call.token(token);
        }
        if let Some(version) = self.if_match {
            call = call.header("If-Match", version);
        }
        match &self.body {
            Some(body) => call.json(body.clone()).send(),
            None => call.send(),
        }
    }
}

/// Things of the school that a request can be about.
pub struct Things<'a, 'b> {
    pub town: &'b Town<'a>,
    /// With a credited hour, a redemption and a request to be moved behind her.
    pub volunteer: Volunteer,
    pub record: String,
    pub redemption: String,
    pub reward: String,
    pub transfer: String,
    pub programme: String,
    pub policy: String,
    /// An operator of the school.
    pub operator: String,
    pub certificate: Certificate,
    /// Hers, to somebody else's record on notice.
    pub objection: String,
    /// Hers, of hours that no record tells of.
    pub correction: String,
    pub star_scheme: String,
    pub assessment_scheme: String,
    pub pledge: String,
    pub model_post: String,
    pub access: String,
    pub training: String,
    pub honour: String,
    /// Hers, of the activity.
    pub rating: String,
    /// Of who she is; it waits for a second person.
    pub identity_change: String,
    /// Of two others; it waits for a second person.
    pub merge: String,
    /// Of the school's activity, where she has a place and was.
    pub position: String,
    pub enrolment: String,
    pub attendance: String,
}

impl<'a, 'b> Things<'a, 'b> {
    /// Makes one of each.
    pub fn make(town: &'b Town<'a>) -> Self {
        let volunteer = town.volunteer();
        let record = town.serve(&volunteer, "18T09:00", "18T13:00");
        let reward = town.reward("1.00", 1000);
        let redemption = town.redeem(&volunteer, &reward).id;
        let transfer = town.request_transfer(&volunteer, &town.other_school);
        let programme = town.programme_of(&town.school);
        let policies = town.app.get("/v1/points-policies", &town.admin).ok();
        let policy = id(&policies["items"][0]);
        let (operator, _) = town.operator_with("auditor", &town.school, json!({}));
        let certificate = town.certify(&volunteer);
        due(town, &volunteer);
        let on_notice = town.record_on_notice(&town.volunteer(), "19T09:00", "19T10:00");
        let objection = town.object(&volunteer.token, &on_notice);
        let correction = town.report_missing(&volunteer, "19T14:00", "19T15:00");
        let star_scheme = make_star_scheme(town);
        let schemes = "/v1/assessment-schemes";
        let assessment_scheme = id(&town.app.post(schemes, &town.admin, assessment_scheme()).created());
        let pledge = make_pledge(town, &volunteer);
        let model_post = award_model_post(town, &volunteer);
        let [access, ..] = [(); 4].map(|()| reveal(town, &volunteer));
        let training = enter_training(town, &volunteer);
        let honour = enter_honour(town, &volunteer);
        let rating = rate(town, &volunteer);
        let identity_change = asked_identity(town, &volunteer);
        let merge = asked_merge(town, &volunteer, &town.volunteer());
        let [position, enrolment, attendance] = attended(town, &volunteer);
        application_of(town, &town.person());
        Self {
            town,
            volunteer,
            record,
            redemption,
            reward,
            transfer,
            programme,
            policy,
            operator,
            certificate,
            objection,
            correction,
            star_scheme,
            assessment_scheme,
            pledge,
            model_post,
            access,
            training,
            honour,
            rating,
            identity_change,
            merge,
            position,
            enrolment,
            attendance,
        }
    }

    /// A request that the operation takes, made of things of the school; what it is to change has just
    /// been made for it.
    pub fn ask(&self, operation: &Operation) -> Ask {
        let Self { town, volunteer, record, redemption, reward, transfer, programme, policy, .. } = self;
        let Self { operator, certificate, objection, correction, .. } = self;
        let Self {
            star_scheme: star,
            assessment_scheme: scheme,
            pledge,
            model_post,
            training,
            honour,
            rating,
            ..
        } = self;
        let period = format!("unit={}&from=2026-11-01&to=2026-11-30", town.school);
        let coordinator = &town.coordinator;
        let fresh = || {
            let volunteer = town.volunteer();
            town.serve(&volunteer, "17T09:00", "17T13:00");
            volunteer
        };
        let submitted = || town.submit(&fresh(), "18T14:00", "18T15:00");
        let requested = || town.request_transfer(&fresh(), &town.other_school);
        let released = || {
            let transfer = requested();
            town.app.post(&format!("/v1/transfers/{transfer}/release"), coordinator, json!({})).ok();
            transfer
        };
        let reason = json!({ "reason": "重复登记" });

        let (of, token, body) = match (operation.method.as_str(), operation.path.as_str()) {
            ("GET", "/v1/units" | "/v1/volunteers" | "/v1/programmes" | "/v1/activities")
            | ("GET", "/v1/service-records" | "/v1/transfers" | "/v1/points-policies" | "/v1/rewards")
            | ("GET", "/v1/redemptions" | "/v1/totals/minutes" | "/v1/totals/points")
            | ("GET", "/v1/exports/service-records" | "/v1/exports/statements" | "/v1/exports/journal")
            | ("GET", "/v1/journal/entries" | "/v1/operators") => (String::new(), coordinator, None),
            ("GET", "/v1/exports/audit-folder") => {
                self.sealed_entry();
                let ask = self.made(operation, "", &town.admin, None);
                return Ask { path: format!("{}?unit={}", ask.path, town.school), ..ask };
            }
            ("GET", "/v1/corrections/{id}") => (correction.clone(), coordinator, None),
            ("POST", "/v1/corrections") => {
                let missing = json!({
                    "volunteer": volunteer.id, "activity": town.activity, "words": "漏登",
                    "service": { "start": at("17T14:00"), "end": at("17T15:00") },
                });
                (String::new(), &volunteer.token, Some(missing))
            }
            ("POST", "/v1/findings/{id}/dismiss") => (self.finding(), &town.auditor, Some(reason)),
            ("GET", "/v1/totals/work") => (String::new(), &town.auditor, None),
            ("GET", "/v1/findings") => {
                self.finding();
                (String::new(), &town.auditor, None)
            }
            ("GET", "/v1/trainings") => (String::new(), coordinator, None),
            ("GET", "/v1/trainings/{id}") => (training.clone(), coordinator, None),
            ("POST", "/v1/trainings") => (String::new(), coordinator, Some(new_training(volunteer))),
            ("PUT", "/v1/trainings/{id}") => {
                let mut said = merged(new_training(volunteer), json!({ "reason": "日期有误" }));
                said.as_object_mut().unwrap().remove("volunteer");
                (enter_training(town, &fresh()), coordinator, Some(said))
            }
            ("POST", "/v1/trainings/{id}/void") => {
                (enter_training(town, &fresh()), coordinator, Some(reason))
            }
            ("GET", "/v1/ratings") => (String::new(), coordinator, None),
            ("GET", "/v1/ratings/{id}") => (rating.clone(), coordinator, None),
            ("GET", "/v1/activities/{id}/ratings") => (town.activity.clone(), coordinator, None),
            ("POST", "/v1/activities/{id}/ratings") => {
                let own = fresh();
                let said = json!({ "score": 4, "words": "组织有序" });
                return self.made(operation, &town.activity, &own.token, Some(said));
            }
            ("POST", "/v1/activities/{id}/service-ratings") => {
                let said = json!({ "volunteer": fresh().id, "score": 4, "words": "认真负责" });
                (town.activity.clone(), coordinator, Some(said))
            }
            ("GET", "/v1/honours") => (String::new(), coordinator, None),
            ("GET", "/v1/honours/{id}") => (honour.clone(), coordinator, None),
            ("POST", "/v1/honours") => (String::new(), coordinator, Some(new_honour(volunteer))),
            ("PUT", "/v1/honours/{id}") => {
                let mut said = merged(new_honour(volunteer), json!({ "reason": "日期有误" }));
                said.as_object_mut().unwrap().remove("volunteer");
                (enter_honour(town, &fresh()), coordinator, Some(said))
            }
            ("POST", "/v1/honours/{id}/void") => (enter_honour(town, &fresh()), coordinator, Some(reason)),
            ("GET", "/v1/star-schemes" | "/v1/assessment-schemes" | "/v1/pledges" | "/v1/model-posts") => {
                (String::new(), coordinator, None)
            }
            ("GET", "/v1/assessments") => {
                let ask = self.made(operation, "", coordinator, None);
                return Ask { path: format!("{}?{period}&scheme={scheme}", ask.path), ..ask };
            }
            ("GET", "/v1/assessments/members") => {
                let ask = self.made(operation, "", coordinator, None);
                return Ask { path: format!("{}?{period}", ask.path), ..ask };
            }
            ("GET", "/v1/star-schemes/{id}") => (star.clone(), coordinator, None),
            ("GET", "/v1/assessment-schemes/{id}") => (scheme.clone(), coordinator, None),
            ("GET", "/v1/pledges/{id}") => (pledge.clone(), coordinator, None),
            ("GET", "/v1/model-posts/{id}") => (model_post.clone(), coordinator, None),
            ("POST", "/v1/service-records/{id}/corrections") => {
                let wrong = json!({ "volunteer": volunteer.id, "words": "时间有误" });
                (record.clone(), &volunteer.token, Some(wrong))
            }
            ("POST", "/v1/corrections/{id}/accept") => {
                let volunteer = fresh();
                let correction = town.report_missing(&volunteer, "18T14:00", "18T15:00");
                let led_to = town.submit(&volunteer, "18T14:00", "18T15:00");
                (correction, coordinator, Some(json!({ "led_to": led_to, "words": "已补登" })))
            }
            ("POST", "/v1/corrections/{id}/decline") => {
                let correction = town.report_missing(&fresh(), "18T14:00", "18T15:00");
                (correction, coordinator, Some(json!({ "words": "签到表上没有" })))
            }
            ("GET", "/v1/notices" | "/v1/objections" | "/v1/corrections") => {
                (String::new(), coordinator, None)
            }
            ("GET", "/v1/objections/{id}") => (objection.clone(), coordinator, None),
            ("POST", "/v1/service-records/{id}/objections") => {
                (town.record_on_notice(&fresh(), "18T14:00", "18T15:00"), coordinator, Some(reason))
            }
            ("POST", "/v1/objections/{id}/uphold" | "/v1/objections/{id}/dismiss") => {
                let record = town.record_on_notice(&fresh(), "18T14:00", "18T15:00");
                (town.object(&town.district_coordinator, &record), &town.colleague, Some(reason))
            }
            ("POST", "/v1/units/{id}/notice-policy") => {
                (town.school.clone(), coordinator, Some(json!({ "working_days": 0 })))
            }
            ("GET", "/v1/calendar" | "/v1/due/activities" | "/v1/due/records") => {
                (String::new(), coordinator, None)
            }
            ("GET", "/v1/units/{id}" | "/v1/units/{id}/subtree" | "/v1/units/{id}/headcounts")
            | ("GET", "/v1/units/{id}/notice-policy") => (town.school.clone(), coordinator, None),
            ("GET", path) if path.starts_with("/v1/volunteers/{id}") => {
                (volunteer.id.clone(), coordinator, None)
            }
            ("GET", "/v1/programmes/{id}") => (programme.clone(), coordinator, None),
            ("GET", "/v1/activities/{id}") => (town.activity.clone(), coordinator, None),
            ("GET", "/v1/service-records/{id}" | "/v1/service-records/{id}/receipt") => {
                (record.clone(), coordinator, None)
            }
            ("GET", "/v1/transfers/{id}") => (transfer.clone(), coordinator, None),
            ("GET", "/v1/points-policies/{id}") => (policy.clone(), coordinator, None),
            ("GET", "/v1/rewards/{id}") => (reward.clone(), coordinator, None),
            ("GET", "/v1/redemptions/{id}") => (redemption.clone(), coordinator, None),
            ("GET", "/v1/opportunities" | "/v1/public/opportunities") => {
                town.recruiting(json!({}));
                (String::new(), coordinator, None)
            }
            ("GET", "/v1/certificates" | "/v1/certificates/jwks") => (String::new(), coordinator, None),
            ("GET", "/v1/certificates/lookup") => {
                let path =
                    format!("{}?number={}&code={}", operation.path, certificate.number, certificate.code);
                let ask = self.made(operation, "", coordinator, None);
                return Ask { path, ..ask };
            }
            ("GET", "/v1/badge-keys/{id}") => {
                let keys = town.app.get("/v1/certificates/jwks", coordinator).ok();
                let named = keys["keys"][0]["kid"].as_str().unwrap();
                (named.rsplit('/').next().unwrap().to_owned(), coordinator, None)
            }
            ("GET", "/v1/badge-issuers/{id}") => (town.school.clone(), coordinator, None),
            ("GET", "/v1/badge-issuers/{id}/status-lists/{seq}") => {
                let ask = self.made(operation, "0", coordinator, None);
                let path = operation.path.replace("{id}", &town.school).replace("{seq}", "0");
                return Ask { path, ..ask };
            }
            (
                "GET",
                "/v1/certificates/{id}" | "/v1/certificates/{id}/pdf" | "/v1/certificates/{id}/badge",
            ) => (certificate.id.clone(), coordinator, None),
            ("POST", "/v1/certificates") => {
                (String::new(), coordinator, Some(json!({ "volunteer": fresh().id })))
            }
            ("POST", "/v1/certificates/{id}/reissue") => {
                (town.certify(&fresh()).id, coordinator, Some(json!({ "handler": "周老师" })))
            }
            ("POST", "/v1/certificates/{id}/revoke") => {
                (town.certify(&fresh()).id, coordinator, Some(reason))
            }
            ("GET", "/v1/operators/{id}") => (operator.clone(), coordinator, None),
            ("GET", "/v1/journal/entries/{seq}" | "/v1/journal/entries/{seq}/leaf") => {
                (self.entry(), coordinator, None)
            }

            ("POST", "/v1/calendar") => {
                // The calendar is everybody's: a day far from all that is done here, another each time.
                let day = format!("2031-01-{:02}", 1 + fresh_number(town) % 31);
                let days = json!({ "days": [{ "day": day, "kind": "rest" }] });
                (String::new(), &town.admin, Some(days))
            }
            ("POST", "/v1/units") => {
                let code = format!("TEAM-{}", fresh_number(town));
                let unit = json!({ "code": code, "name": "志愿红", "kind": "team", "parent": town.school });
                (String::new(), coordinator, Some(unit))
            }
            ("POST", "/v1/units/{id}/headcounts") => {
                let headcount = json!({ "effective_from": "2026-11-01", "staff": 60, "party_members": 6 });
                (town.school.clone(), coordinator, Some(headcount))
            }
            ("POST", "/v1/volunteers") => (String::new(), coordinator, Some(town.registration(&town.school))),
            ("POST", "/v1/volunteers/search") => {
                (String::new(), coordinator, Some(json!({ "unit": town.school, "name": "王" })))
            }
            ("POST", "/v1/volunteers/{id}/reveal") => {
                (volunteer.id.clone(), coordinator, Some(json!({ "purpose": "为活动投保" })))
            }
            ("GET", "/v1/volunteers/{id}/accesses") => (volunteer.id.clone(), coordinator, None),
            ("GET", "/v1/accesses") => (String::new(), coordinator, None),
            ("GET", "/v1/accesses/{id}") => (self.access.clone(), coordinator, None),
            ("PUT", "/v1/volunteers/{id}/contact") => (fresh().id, coordinator, Some(contact())),
            ("PUT", "/v1/volunteers/{id}/identity") => {
                (fresh().id, coordinator, Some(Town::identity_of(&town.person())))
            }
            ("POST", "/v1/volunteers/{id}/merge") => {
                let (earlier, later) = (town.volunteer(), fresh());
                let said = json!({ "into": earlier.id, "reason": "同一人" });
                (later.id, coordinator, Some(said))
            }
            ("GET", "/v1/merges") => (String::new(), coordinator, None),
            ("GET", "/v1/merges/{id}") => (self.merge.clone(), coordinator, None),
            ("POST", "/v1/merges/{id}/confirm") => {
                (asked_merge(town, &town.volunteer(), &fresh()), &town.colleague, None)
            }
            ("POST", "/v1/merges/{id}/decline") => {
                (asked_merge(town, &town.volunteer(), &fresh()), coordinator, Some(reason))
            }
            ("GET", "/v1/identity-changes") => (String::new(), coordinator, None),
            ("GET", "/v1/identity-changes/{id}") => (self.identity_change.clone(), coordinator, None),
            ("POST", "/v1/identity-changes/{id}/confirm") => {
                (asked_identity(town, &fresh()), &town.colleague, None)
            }
            ("POST", "/v1/identity-changes/{id}/decline") => {
                (asked_identity(town, &fresh()), coordinator, Some(reason))
            }
            ("POST", "/v1/volunteers/{id}/close") => {
                let volunteer = fresh();
                let cost = merged(reason, town.cost_of_leaving(&volunteer));
                (volunteer.id, coordinator, Some(cost))
            }
            ("POST", "/v1/volunteers/{id}/deactivate") => (fresh().id, coordinator, Some(reason)),
            ("POST", "/v1/volunteers/{id}/reactivate") => {
                let volunteer = fresh();
                let path = format!("/v1/volunteers/{}/deactivate", volunteer.id);
                town.app.post(&path, coordinator, json!({})).ok();
                (volunteer.id, coordinator, Some(reason))
            }
            ("POST", "/v1/programmes") => {
                let programme = json!({ "unit": town.school, "name": "春风行动", "brands": ["志愿红"] });
                (String::new(), coordinator, Some(programme))
            }
            ("PUT", "/v1/programmes/{id}") => {
                let programme = json!({ "name": "绿水青山守护行", "brands": [] });
                (town.programme_of(&town.school), coordinator, Some(programme))
            }
            ("POST", "/v1/programmes/{id}/close") => (town.programme_of(&town.school), coordinator, None),
            ("POST", "/v1/activities") => {
                let place = json!({ "unit": town.school, "programme": programme });
                (String::new(), coordinator, Some(merged(activity(), place)))
            }
            ("PUT", "/v1/activities/{id}") => {
                (town.activity_of(&town.school, json!({})), coordinator, Some(activity()))
            }
            ("POST", "/v1/activities/{id}/cancel") => {
                (town.activity_of(&town.school, json!({})), coordinator, None)
            }
            ("POST", "/v1/service-records") => {
                (String::new(), coordinator, Some(town.service(&fresh(), "18T14:00", "18T15:00")))
            }
            ("POST", "/v1/service-records/bulk") => {
                let items = json!({ "items": [town.service(&fresh(), "18T14:00", "18T15:00")] });
                (String::new(), coordinator, Some(items))
            }
            ("GET", "/v1/units/{id}/crediting-policy") => (town.school.clone(), coordinator, None),
            ("POST", "/v1/units/{id}/crediting-policy") => {
                let policy = json!({ "one_person_minutes": { "a_record": 60, "a_month": 600 } });
                (town.other_school.clone(), &town.district_coordinator, Some(policy))
            }
            ("POST", "/v1/service-records/{id}/confirm") => {
                let volunteer = fresh();
                let record = town.submit(&volunteer, "18T14:00", "18T15:00");
                return self.made(operation, &record, &volunteer.token, None);
            }
            ("POST", "/v1/service-records/{id}/credit") => {
                let deductions = json!({ "deductions": [{ "minutes": 5, "reason": "迟到" }] });
                (submitted(), &town.colleague, Some(deductions))
            }
            ("POST", "/v1/service-records/{id}/reject") => (submitted(), coordinator, Some(reason)),
            ("POST", "/v1/service-records/{id}/withdraw") => (submitted(), coordinator, None),
            ("POST", "/v1/service-records/{id}/void") => {
                (town.serve(&fresh(), "18T14:00", "18T15:00"), coordinator, Some(reason))
            }
            ("POST", "/v1/transfers") => {
                let wish =
                    json!({ "volunteer": fresh().id, "to_unit": town.other_school, "consent": "本人同意" });
                (String::new(), coordinator, Some(wish))
            }
            ("POST", "/v1/transfers/{id}/agree") => {
                let volunteer = fresh();
                let wish = json!({ "volunteer": volunteer.id, "to_unit": town.other_school });
                let proposed = id(&town.app.post("/v1/transfers", coordinator, wish).created());
                return self.made(operation, &proposed, &volunteer.token, None);
            }
            ("POST", "/v1/transfers/{id}/release") => (requested(), coordinator, None),
            ("POST", "/v1/transfers/{id}/accept") => (released(), &town.other_coordinator, None),
            ("POST", "/v1/transfers/{id}/reject") => (requested(), coordinator, Some(reason)),
            ("POST", "/v1/transfers/{id}/cancel") => {
                // By the volunteer who asked: nobody else may.
                let volunteer = fresh();
                let transfer = town.request_transfer(&volunteer, &town.other_school);
                return self.made(operation, &transfer, &volunteer.token, None);
            }
            ("POST", "/v1/points-policies") => {
                let policy = json!({
                    "effective_from": "2027-01-01", "points_per_hour": "1.50", "points_per_count": "5",
                    "earning_grades": ["scan"], "validity": { "kind": "months", "months": 12 },
                });
                (String::new(), &town.admin, Some(policy))
            }
            ("POST", "/v1/rewards") => {
                let reward = json!({
                    "unit": town.school, "name": "水杯", "price": "2.50", "stock": 3, "hold_days": 7,
                });
                (String::new(), coordinator, Some(reward))
            }
            ("POST", "/v1/rewards/{id}/restock") => {
                (town.reward("1.00", 1), coordinator, Some(json!({ "added": 5 })))
            }
            ("POST", "/v1/rewards/{id}/withdraw") => (town.reward("1.00", 1), coordinator, None),
            ("POST", "/v1/redemptions") => {
                let wish = json!({ "reward": reward, "volunteer": fresh().id });
                (String::new(), coordinator, Some(wish))
            }
            ("POST", "/v1/redemptions/{id}/fulfil") => {
                let gift = town.redeem(&fresh(), reward);
                (gift.id, coordinator, Some(json!({ "pickup_code": gift.pickup_code })))
            }
            ("POST", "/v1/redemptions/{id}/cancel") => (town.redeem(&fresh(), reward).id, coordinator, None),
            ("POST", "/v1/operators") => {
                let number = fresh_number(town);
                let login = format!("walker-{number}");
                let document = json!({ "kind": "passport", "number": format!("W{number:07}") });
                let operator = json!({
                    "login": login, "name": "周老师", "password": "correct horse 电池",
                    "role": "coordinator", "unit": town.school, "document": document,
                });
                (String::new(), &town.admin, Some(operator))
            }
            ("PUT", "/v1/operators/{id}") => {
                let (operator, _) = town.operator_with("auditor", &town.school, json!({}));
                (operator, &town.admin, Some(json!({ "role": "coordinator", "unit": town.school })))
            }
            ("POST", "/v1/operators/{id}/disable") => {
                (town.operator_with("auditor", &town.school, json!({})).0, &town.admin, None)
            }

            ("POST", "/v1/operators/{id}/enable") => {
                let number = fresh_number(town);
                let (operator, _) = town.operator_with("auditor", &town.school, json!({}));
                town.app.post(&format!("/v1/operators/{operator}/disable"), &town.admin, json!({})).ok();
                let document = json!({ "kind": "passport", "number": format!("X{number:07}") });
                (operator, &town.admin, Some(json!({ "document": document })))
            }
            ("POST", "/v1/operators/{id}/password-reset" | "/v1/operators/{id}/end-sessions") => {
                let (operator, _) = town.operator_with("auditor", &town.school, json!({}));
                (operator, &town.district_coordinator, None)
            }
            ("POST", "/v1/me/sessions/{id}/end") => {
                let login = format!("ender-{}", fresh_number(town));
                let particulars = json!({ "login": login, "password": "correct horse 电池" });
                town.operator_with("coordinator", &town.school, particulars);
                let credentials = json!({ "login": login, "password": "correct horse 电池" });
                let tokens = town.app.post("/v1/auth/login", "", credentials).ok();
                let token = tokens["access_token"].as_str().unwrap();
                let sessions = town.app.get("/v1/me/sessions", token).ok();
                let session = sessions["items"][0]["id"].as_str().unwrap();
                return self.made(operation, session, token, None);
            }
            ("GET", "/v1/me/messages" | "/v1/me/home") => (String::new(), &volunteer.token, None),
            ("POST", "/v1/me/messages/read") => {
                let told = fresh();
                town.serve(&told, "18T14:00", "18T15:00");
                let inbox = town.app.get("/v1/me/messages", &told.token).ok();
                let newest = json!({ "up_to": inbox["items"][0]["id"] });
                return self.made(operation, "", &told.token, Some(newest));
            }
            ("PUT", "/v1/me/password") => {
                let change =
                    json!({ "old_password": "correct horse 电池", "new_password": "ein kleiner Vogel" });
                let login = format!("changer-{}", fresh_number(town));
                let particulars = json!({ "login": login, "password": "correct horse 电池" });
                let (_, token) = town.operator_with("coordinator", &town.school, particulars);
                return self.made(operation, "", &token, Some(change));
            }
            ("POST", "/v1/volunteers/{id}/activation") => (fresh().id, coordinator, None),
            ("POST", "/v1/auth/activation") => {
                let given = give_activation(town, &fresh());
                let body = json!({ "number": given["number"], "code": given["code"] });
                (String::new(), coordinator, Some(body))
            }
            ("POST", "/v1/auth/wechat") => {
                let code = format!("ok-walker-{}", fresh_number(town));
                (String::new(), coordinator, Some(json!({ "app": MINI_PROGRAM, "code": code })))
            }
            ("POST", "/v1/auth/bindings") => {
                let given = give_activation(town, &fresh());
                let ticket = ticket(town.app, &format!("walker-{}", fresh_number(town)));
                let (number, code) = (&given["number"], &given["code"]);
                let body = json!({ "ticket": ticket, "number": number, "activation_code": code });
                (String::new(), coordinator, Some(body))
            }
            ("POST", "/v1/applications") => {
                let ticket = ticket(town.app, &format!("walker-{}", fresh_number(town)));
                let body = json!({ "ticket": ticket, "unit": town.school, "person": town.person() });
                (String::new(), coordinator, Some(body))
            }
            ("POST", "/v1/applications/withdraw") => {
                let openid = format!("walker-{}", fresh_number(town));
                apply(town, &openid, &town.person());
                (String::new(), coordinator, Some(json!({ "ticket": ticket(town.app, &openid) })))
            }
            ("GET", "/v1/applications") => (String::new(), coordinator, None),
            ("GET", "/v1/applications/{id}") => (application_of(town, &town.person()), coordinator, None),
            ("POST", "/v1/applications/{id}/confirm") => {
                let person = town.person();
                (application_of(town, &person), coordinator, Some(json!({ "document": person["document"] })))
            }
            ("POST", "/v1/applications/{id}/recognise") => {
                (application_of(town, &town.person()), coordinator, Some(json!({ "volunteer": fresh().id })))
            }
            ("POST", "/v1/applications/{id}/decline") => {
                (application_of(town, &town.person()), coordinator, Some(reason))
            }
            ("GET", "/v1/me/bindings") => {
                bind(town, volunteer, &format!("walker-{}", fresh_number(town)));
                (String::new(), &volunteer.token, None)
            }
            ("GET", "/v1/volunteers/{id}/bindings") => (volunteer.id.clone(), coordinator, None),
            ("POST", "/v1/bindings/{id}/end") => {
                let of = fresh();
                bind(town, &of, &format!("walker-{}", fresh_number(town)));
                let found = town.app.get("/v1/me/bindings", &of.token).ok();
                (id(&found["items"][0]), coordinator, None)
            }
            ("POST", "/v1/auth/password") => {
                let login = format!("forgetful-{}", fresh_number(town));
                let (operator, _) = town.operator_with("auditor", &town.school, json!({ "login": login }));
                let path = format!("/v1/operators/{operator}/password-reset");
                let code = town.app.post(&path, &town.admin, json!({})).ok()["reset_code"].clone();
                let body = json!({ "login": login, "code": code, "new_password": "ein kleiner Vogel" });
                (String::new(), coordinator, Some(body))
            }

            ("POST", "/v1/activities/{id}/publish") => {
                (town.recruiting(json!({ "draft": true })), coordinator, None)
            }
            ("GET", "/v1/activities/{id}/positions") => (town.activity.clone(), coordinator, None),
            ("POST", "/v1/activities/{id}/positions") => {
                (soon(town), coordinator, Some(json!({ "name": "捡拾组", "places": 5 })))
            }
            ("GET", "/v1/positions/{id}") => (self.position.clone(), coordinator, None),
            ("PUT", "/v1/positions/{id}") => {
                let new = json!({ "name": "捡拾组", "places": 6 });
                (town.position(&soon(town), 5, json!({})), coordinator, Some(new))
            }
            ("POST", "/v1/positions/{id}/enrolments") => {
                let position = town.position(&soon(town), 5, json!({}));
                let body = json!({ "volunteer": fresh().id, "consent": "本人同意" });
                (position, coordinator, Some(body))
            }
            ("POST", "/v1/positions/{id}/enrolments/bulk") => {
                let position = town.position(&soon(town), 5, json!({}));
                (position, coordinator, Some(json!({ "volunteers": [fresh().id], "consent": "本人同意" })))
            }
            ("GET", "/v1/enrolments" | "/v1/attendances") => (String::new(), coordinator, None),
            ("GET", "/v1/enrolments/{id}") => (self.enrolment.clone(), coordinator, None),
            ("POST", "/v1/enrolments/{id}/accept") => {
                let (enrolment, volunteer) = offered(town, &fresh(), fresh());
                return self.made(operation, &enrolment, &volunteer.token, None);
            }
            ("POST", "/v1/enrolments/{id}/withdraw") => {
                (enrolled(town, &fresh()), coordinator, Some(json!({ "reason": "临时有事" })))
            }
            ("POST", "/v1/enrolments/{id}/select") => (applied(town, &fresh()), coordinator, None),
            ("POST", "/v1/enrolments/{id}/decline") => {
                (applied(town, &fresh()), coordinator, Some(json!({ "reason": "名额已满" })))
            }
            ("POST", "/v1/enrolments/{id}/absent") => (missed(town, &fresh()), coordinator, None),
            ("POST", "/v1/enrolments/{id}/excuse" | "/v1/enrolments/{id}/contest") => {
                let volunteer = fresh();
                let enrolment = missed(town, &volunteer);
                town.on_enrolment(coordinator, &enrolment, "absent", json!({})).ok();
                let excuses = operation.path.ends_with("excuse");
                let token = if excuses { coordinator } else { &volunteer.token };
                return self.made(operation, &enrolment, token, Some(json!({ "reason": "因病请假" })));
            }
            ("GET", "/v1/activities/{id}/check-code") => {
                let ask = self.made(operation, &soon(town), coordinator, None);
                return Ask { path: format!("{}?direction=in", ask.path), ..ask };
            }
            ("GET", "/v1/me/check-code") => return self.made(operation, "", &volunteer.token, None),
            ("POST", "/v1/check-codes/shown") => {
                (String::new(), coordinator, Some(json!({ "code": town.wall_code(&soon(town), "in") })))
            }
            ("POST", "/v1/check-ins") => {
                let body = json!({ "code": town.wall_code(&soon(town), "in") });
                return self.made(operation, "", &fresh().token, Some(body));
            }
            ("POST", "/v1/check-outs") => {
                let (activity, volunteer) = (soon(town), fresh());
                town.check(&volunteer, "in", &town.wall_code(&activity, "in")).ok();
                town.app.clock.advance(chrono::Duration::minutes(1));
                let body = json!({ "code": town.wall_code(&activity, "out") });
                return self.made(operation, "", &volunteer.token, Some(body));
            }
            ("POST", "/v1/activities/{id}/scans") => {
                let code = town.app.get("/v1/me/check-code", &fresh().token).ok()["code"].clone();
                (soon(town), coordinator, Some(json!({ "code": code, "direction": "in" })))
            }
            ("POST", "/v1/activities/{id}/roll-call") => {
                (soon(town), coordinator, Some(json!({ "direction": "in", "volunteers": [fresh().id] })))
            }
            ("GET", "/v1/attendances/{id}") => (self.attendance.clone(), coordinator, None),
            ("POST", "/v1/attendances/{id}/complete") => {
                let (attendance, ended_at) = unfinished(town, &fresh());
                (attendance, coordinator, Some(json!({ "ended_at": ended_at })))
            }

            ("POST", "/v1/star-schemes") => {
                let later = json!({ "effective_from": "2027-01-01" });
                (String::new(), &town.admin, Some(merged(star_scheme(), later)))
            }
            ("POST", "/v1/assessment-schemes") => (String::new(), &town.admin, Some(assessment_scheme())),
            ("POST", "/v1/pledges") => (String::new(), coordinator, Some(new_pledge(&fresh()))),
            ("POST", "/v1/pledges/{id}/fulfil") => {
                let volunteer = fresh();
                let record = town.serve(&volunteer, "18T14:00", "18T15:00");
                (make_pledge(town, &volunteer), coordinator, Some(json!({ "record": record })))
            }
            ("POST", "/v1/pledges/{id}/end") => (make_pledge(town, &fresh()), coordinator, None),
            ("POST", "/v1/model-posts") => {
                (String::new(), coordinator, Some(new_model_post(town, volunteer)))
            }
            ("POST", "/v1/model-posts/{id}/end") => {
                (award_model_post(town, &fresh()), coordinator, Some(json!({ "ends_on": "2026-11-30" })))
            }

            ("POST", "/v1/auth/login") => {
                let body = json!({ "login": "nobody", "password": "correct horse" });
                (String::new(), coordinator, Some(body))
            }
            ("POST", "/v1/auth/refresh" | "/v1/auth/logout") => {
                (String::new(), coordinator, Some(json!({ "refresh_token": "A".repeat(64) })))
            }
            ("GET", "/v1/journal/entries/{seq}/proof") => (self.sealed_entry(), coordinator, None),
            ("GET", "/v1/journal/checkpoint" | "/v1/journal/consistency") => {
                self.sealed_entry();
                (String::new(), coordinator, None)
            }
            ("GET", "/v1/me" | "/v1/me/sessions" | "/v1/auth/jwks" | "/livez" | "/readyz" | "/metrics") => {
                (String::new(), coordinator, None)
            }
            _ => panic!("no request is known for {}: tell of one here", operation.name()),
        };
        self.made(operation, &of, token, body)
    }

    fn made(&self, operation: &Operation, of: &str, token: &str, body: Option<Value>) -> Ask {
        assert_eq!(
            operation.path.contains('{'),
            !of.is_empty(),
            "{}: an id too many or too few",
            operation.name()
        );
        Ask {
            method: operation.method.clone(),
            path: operation.path.replace("{id}", of).replace("{seq}", of),
            body,
            if_match: (operation.method == "PUT" || operation.path == "/v1/volunteers/{id}/close")
                .then_some("*"),
            token: token.to_owned(),
        }
    }

    /// An entry that a signed checkpoint covers, by its place in the journal.
    fn sealed_entry(&self) -> String {
        let entry = self.entry();
        self.town.app.seal(&Directory::new("memory")).unwrap();
        entry
    }
    /// Something that looks wrong: a score of records that were typed in and credited at once.
    fn finding(&self) -> String {
        let Self { town, .. } = self;
        let volunteer = town.volunteer();
        let one = |minute: u32| {
            let (start, end) = (format!("19T09:{minute:02}"), format!("19T09:{:02}", minute + 1));
            let by_hand = json!({ "evidence": "leader", "credit": true });
            merged(town.service(&volunteer, &start, &end), by_hand)
        };
        let items: Vec<Value> = (0..20).map(|at| one(2 * at)).collect();
        let items = json!({ "items": items });
        town.app.post("/v1/service-records/bulk", &town.coordinator, items).ok();
        let findings = town.app.get("/v1/findings", &town.auditor).ok();
        let mut found = findings["items"].as_array().unwrap().iter();
        id(found.rfind(|finding| finding["rule"] == "quick_crediting").unwrap())
    }

    /// An entry of the school, by its place in the journal.
    fn entry(&self) -> String {
        let made = self.town.app.post(
            "/v1/rewards",
            &self.town.coordinator,
            json!({
                "unit": self.town.school, "name": "书签", "price": "1", "stock": 1, "hold_days": 1,
            }),
        );
        made.created()["receipt"]["seq"].to_string()
    }
}

/// Something of the school for each of the lists of what is due.
fn due(town: &Town, volunteer: &Volunteer) {
    let window = json!({ "start": "2026-11-12T08:00:00+08:00", "end": "2026-11-12T18:00:00+08:00" });
    town.activity_of(&town.school, json!({ "window": window }));
    town.submit(volunteer, "19T09:00", "19T10:00");
}

fn contact() -> Value {
    json!({ "mobile": "13900139001", "residence": "湛河区", "skills": ["急救"], "service_categories": [] })
}

/// A merge that waits for a second person.
fn asked_merge(town: &Town, earlier: &Volunteer, later: &Volunteer) -> String {
    let said = json!({ "into": earlier.id, "reason": "同一人" });
    id(&town.app.post(&format!("/v1/volunteers/{}/merge", later.id), &town.coordinator, said).created())
}

/// A change of identity that waits for a second person.
fn asked_identity(town: &Town, volunteer: &Volunteer) -> String {
    let path = format!("/v1/volunteers/{}/identity", volunteer.id);
    id(&town.app.put(&path, &town.coordinator, "*", Town::identity_of(&town.person())).ok())
}

fn activity() -> Value {
    let window = json!({ "start": "2026-11-21T08:00:00+08:00", "end": "2026-11-21T18:00:00+08:00" });
    json!({ "name": "无偿献血", "place": "白龟湖", "window": window, "headcount": 20 })
}

pub fn star_scheme() -> Value {
    json!({
        "effective_from": "2026-11-20", "threshold_minutes": [60, 120], "counting_grades": ["scan", "geo", "leader"],
    })
}

/// Each takes effect a day after the one before: no two versions are of one day.
fn make_star_scheme(town: &Town) -> String {
    let before = town.app.all_pages("/v1/star-schemes", &town.admin, 200).len();
    let day = json!({ "effective_from": format!("2026-11-{}", 20 + before) });
    id(&town.app.post("/v1/star-schemes", &town.admin, merged(star_scheme(), day)).created())
}

pub fn assessment_scheme() -> Value {
    let indicator = json!({
        "code": "注册率", "kind": "registration_rate", "comparison": "at_least", "threshold": "0.85",
        "weight": "20",
    });
    json!({ "name": "2026年度考核", "indicators": [indicator] })
}

fn new_pledge(volunteer: &Volunteer) -> Value {
    json!({ "volunteer": volunteer.id, "title": "每月服务两小时", "due": "2026-12-31" })
}

fn make_pledge(town: &Town, volunteer: &Volunteer) -> String {
    id(&town.app.post("/v1/pledges", &town.coordinator, new_pledge(volunteer)).created())
}

fn new_model_post(town: &Town, volunteer: &Volunteer) -> Value {
    json!({ "unit": town.school, "volunteer": volunteer.id, "title": "党员示范岗", "starts_on": "2026-11-01" })
}

fn award_model_post(town: &Town, volunteer: &Volunteer) -> String {
    id(&town.app.post("/v1/model-posts", &town.coordinator, new_model_post(town, volunteer)).created())
}

fn reveal(town: &Town, volunteer: &Volunteer) -> String {
    let path = format!("/v1/volunteers/{}/reveal", volunteer.id);
    id(&town.app.post(&path, &town.coordinator, json!({ "purpose": "为活动投保" })).created())
}

fn new_training(volunteer: &Volunteer) -> Value {
    json!({
        "volunteer": volunteer.id, "course": "急救培训", "organiser": "市红十字会", "minutes": 480,
        "first_day": "2026-11-14", "last_day": "2026-11-15",
    })
}

fn enter_training(town: &Town, volunteer: &Volunteer) -> String {
    id(&town.app.post("/v1/trainings", &town.coordinator, new_training(volunteer)).created())
}

fn new_honour(volunteer: &Volunteer) -> Value {
    json!({ "volunteer": volunteer.id, "title": "优秀志愿者", "giver": "市文明办", "day": "2026-11-14" })
}

fn rate(town: &Town, volunteer: &Volunteer) -> String {
    let path = format!("/v1/activities/{}/ratings", town.activity);
    id(&town.app.post(&path, &volunteer.token, json!({ "score": 5, "words": "收获很多" })).created())
}

fn enter_honour(town: &Town, volunteer: &Volunteer) -> String {
    id(&town.app.post("/v1/honours", &town.coordinator, new_honour(volunteer)).created())
}

/// Where the journal ends.
pub fn head(app: &App) -> hourbook::store::head::Head {
    hourbook::store::head::read(&mut app.db()).unwrap()
}

fn fresh_number(town: &Town) -> i64 {
    head(town.app).last_seq.0
}

/// Somebody outside asks the school to register a person.
fn apply(town: &Town, openid: &str, person: &Value) -> Value {
    let body = json!({ "ticket": ticket(town.app, openid), "unit": town.school, "person": person });
    town.app.post("/v1/applications", "", body).ok()
}

/// An application of a person, by somebody of their own.
pub fn application_of(town: &Town, person: &Value) -> String {
    let openid = format!("walker-{}", person["document"]["number"].as_str().unwrap());
    id(&apply(town, &openid, person))
}

pub fn give_activation(town: &Town, volunteer: &Volunteer) -> Value {
    let path = format!("/v1/volunteers/{}/activation", volunteer.id);
    town.app.post(&path, &town.coordinator, json!({})).ok()
}

/// The school's activity recruits, and she has a place in it and was there; position, enrolment and attendance.
fn attended(town: &Town, volunteer: &Volunteer) -> [String; 3] {
    let path = format!("/v1/activities/{}", town.activity);
    let shown = town.app.get(&path, &town.coordinator).ok();
    let details =
        json!({ "name": shown["name"], "place": "白龟湖", "window": shown["window"], "recruitment": told() });
    town.app.put(&path, &town.coordinator, "*", details).ok();
    let position = town.position(&town.activity, 5, json!({}));
    let place = json!({ "volunteer": volunteer.id, "consent": "本人同意" });
    let enrolled = town.app.post(&format!("/v1/positions/{position}/enrolments"), &town.coordinator, place);
    let enrolment = id(&enrolled.created());
    town.check(volunteer, "in", &town.wall_code(&town.activity, "in")).ok();
    let went = town.check(volunteer, "out", &town.wall_code(&town.activity, "out")).ok();
    [position, enrolment, id(&went)]
}

fn local(town: &Town, minutes: i64) -> String {
    let zone = hourbook::domain::time::LocalZone::shanghai();
    zone.rfc3339(town.app.now().plus(chrono::Duration::minutes(minutes)))
}

/// An activity that recruits and is about to begin: one may enrol, and check in.
fn soon(town: &Town) -> String {
    town.recruiting(json!({ "window": { "start": local(town, 10), "end": local(town, 120) } }))
}

/// A place of the volunteer; the enrolment's id.
fn enrolled(town: &Town, volunteer: &Volunteer) -> String {
    id(&town.enrol(volunteer, &town.position(&soon(town), 5, json!({})), json!({})).created())
}

fn applied(town: &Town, volunteer: &Volunteer) -> String {
    let position = town.position(&soon(town), 5, json!({ "selection": "selected" }));
    id(&town.enrol(volunteer, &position, json!({})).created())
}

/// What one gave up, another is offered.
fn offered(town: &Town, first: &Volunteer, second: Volunteer) -> (String, Volunteer) {
    let position = town.position(&soon(town), 1, json!({}));
    let place = id(&town.enrol(first, &position, json!({})).created());
    let waits = id(&town.enrol(&second, &position, json!({ "wait": true })).created());
    town.on_enrolment(&first.token, &place, "withdraw", json!({})).ok();
    (waits, second)
}

/// A place in an activity that is over, since it was moved.
fn missed(town: &Town, volunteer: &Volunteer) -> String {
    let activity = soon(town);
    let place = id(&town.enrol(volunteer, &town.position(&activity, 5, json!({})), json!({})).created());
    let window = json!({ "start": local(town, -120), "end": local(town, -60) });
    let details = json!({ "name": "我爱白龟湖", "place": "白龟湖", "window": window, "recruitment": told() });
    town.app.put(&format!("/v1/activities/{activity}"), &town.coordinator, "*", details).ok();
    place
}

/// An attendance that nobody checked out of, and when it may have ended.
fn unfinished(town: &Town, volunteer: &Volunteer) -> (String, String) {
    let activity = town.recruiting(json!({ "window": { "start": local(town, -60), "end": local(town, 1) } }));
    let came = town.check(volunteer, "in", &town.wall_code(&activity, "in")).ok();
    let ended_at = local(town, 1);
    town.app.clock.advance(chrono::Duration::minutes(31));
    town.app.sweep();
    (id(&came), ended_at)
}
