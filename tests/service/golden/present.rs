//! All that the golden cases name of the program's own types. Where a type is called otherwise, or a form
//! gets a new version, it is said here and nowhere else in these cases.

use crate::support::http::realm;
use crate::support::writer::vault;
use hourbook::auth::{Grant, Issuer, TokenKeys, Verifier};
use hourbook::domain::activity::ActivityDetails;
use hourbook::domain::actor::Actor;
use hourbook::domain::assessment::AssessmentTerms;
use hourbook::domain::certificate::CertificateContent;
use hourbook::domain::correction::Complaint;
use hourbook::domain::crediting_policy::OnePersonMinutes;
use hourbook::domain::event::{Deduction, Draw};
use hourbook::domain::identity::{mask, mask_mobile};
use hourbook::domain::ids::{CertificateId, RecordId, Seq, UnitId, VolunteerId};
use hourbook::domain::origin::Origin;
use hourbook::domain::person::{Consent, GuardianConsent, PersonField, PoliticalStatus};
use hourbook::domain::policy::PolicyTerms;
use hourbook::domain::position::PositionTerms;
use hourbook::domain::programme::ProgrammeDetails;
use hourbook::domain::star::StarTerms;
use hourbook::domain::text::Label;
use hourbook::domain::time::Interval;
use hourbook::domain::{Event, Outcome, Rejection, UnsealedEntry};
use hourbook::engine::{Answer, Clock};
use hourbook::journal::{Entry, Nonce, TreeHash, canonical_bytes, event_from_json, to_canonical_json};
use hourbook::store::column::Column;
use hourbook::store::sql::SqlValue;
use hourbook::store::vault::certificate_content;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The kinds of event that the program knows.
pub fn event_kinds() -> BTreeSet<String> {
    Event::kinds().map(str::to_owned).collect()
}

/// The kinds of event that the story does not tell of: a person's data was once changed as a whole; nobody is
/// forgotten within ten years. A password is set by who tells nobody, and tokens are made at the machine.
pub fn untold_kinds() -> BTreeSet<String> {
    ["volunteer_updated", "volunteer_forgotten", "password_set", "token_issued"].map(str::to_owned).into()
}

/// The kinds of thing that an answer can be about.
pub fn things() -> BTreeSet<String> {
    // Lots are a noun, but no command is answered with one.
    &tags::<Outcome>("thing") - &BTreeSet::from(["lot".to_owned()])
}

/// The codes of refusals that say more than the code.
pub fn codes_with_members() -> BTreeSet<String> {
    let all = codes().into_iter();
    all.filter(|code| serde_json::from_value::<Rejection>(json!({ "code": code })).is_err()).collect()
}

/// The codes of refusals that say nothing more.
pub fn plain_codes() -> BTreeSet<String> {
    &codes() - &codes_with_members()
}

fn codes() -> BTreeSet<String> {
    Rejection::codes().map(|refusal| refusal.code.to_owned()).collect()
}

/// What serde says that a tag may be, asked with one that it is not.
fn tags<T: DeserializeOwned>(tag: &str) -> BTreeSet<String> {
    let Err(error) = serde_json::from_value::<T>(json!({ tag: "?" })) else { panic!("? is no {tag}") };
    let error = error.to_string();
    let (_, known) = error.split_once("expected one of").unwrap_or_else(|| panic!("{error}"));
    let known: BTreeSet<String> = known.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    assert!(known.len() > 10, "{error}");
    known
}

/// An entry read from its canonical bytes and sealed again: the bytes, and the hash in hexadecimal.
pub fn sealed_again(canonical: &str) -> (String, String) {
    let body: Value = serde_json::from_str(canonical).unwrap();
    let unsealed = UnsealedEntry {
        seq: of(&body["seq"]),
        recorded_at: of(&body["recorded_at"]),
        actor: of(&body["actor"]),
        origin: of(&body["origin"]),
        effective_date: of(&body["effective_date"]),
        reverses: of(&body["reverses"]),
        event: event_from_json(&body["event"].to_string()).unwrap(),
        postings: of(&body["postings"]),
    };
    assert_eq!(body["event"]["kind"], unsealed.event.kind());
    let previous: TreeHash = body["previous"].as_str().unwrap().parse().unwrap();
    let nonce: Option<Nonce> = serde_json::from_value(body["nonce"].clone()).unwrap();
    assert_eq!(body["format"], if nonce.is_some() { 2 } else { 1 });
    let bytes = canonical_bytes(&unsealed, nonce, previous).unwrap();
    let hash = TreeHash::of_leaf(bytes.as_bytes());
    assert!(Entry { unsealed, nonce, hash }.follows(previous).unwrap());
    (bytes, hash.to_string())
}

/// A kept answer, read and written again: in the present form, where it was kept in a former one.
pub fn answer_again(kept: &str) -> String {
    Answer::from_kept(kept).unwrap().to_kept().unwrap()
}

/// What a kept answer answers.
pub fn answer_of(kept: &str) -> Value {
    serde_json::from_str::<Value>(&kept_in_the_present_form(kept)).unwrap()["answer"].take()
}

/// The present form of a kept answer. Form 2 puts the answer of form 1, as it was, beside its number.
pub fn kept_in_the_present_form(kept: &str) -> String {
    let numbered = kept.starts_with(r#"{"form":2,"#);
    if numbered { kept.to_owned() } else { format!(r#"{{"form":2,"answer":{kept}}}"#) }
}

/// A document of a column, read and written again.
pub fn document_again(column: &str, text: &str) -> String {
    match column {
        "entries.origin" => json_again::<Origin>(text),
        "units.path" => column_again::<Vec<UnitId>>(text),
        "programmes.details" => column_again::<ProgrammeDetails>(text),
        "activities.details" => column_again::<ActivityDetails>(text),
        "positions.terms" => column_again::<PositionTerms>(text),
        "service_records.breaks" => column_again::<Vec<Interval>>(text),
        "service_records.deductions" => column_again::<Vec<Deduction>>(text),
        "points_policies.terms" => column_again::<PolicyTerms>(text),
        "redemptions.draws" | "lots.lenders" => column_again::<Vec<Draw>>(text),
        "corrections.complaint" => column_again::<Complaint>(text),
        "star_schemes.terms" => column_again::<StarTerms>(text),
        "assessment_schemes.terms" => column_again::<AssessmentTerms>(text),
        "crediting_policies.one_person_minutes" => column_again::<OnePersonMinutes>(text),
        "volunteers.merged_numbers" => column_again::<Vec<VolunteerId>>(text),
        "identity_changes.fields" => column_again::<Vec<PersonField>>(text),
        "pledges.records" => column_again::<Vec<RecordId>>(text),
        "people.skills" | "people.service_categories" => json_again::<Vec<Label>>(text),
        "people.political_status" => json_again::<Vec<PoliticalStatus>>(text),
        "people.consent" => json_again::<Consent>(text),
        "people.guardian_consent" => json_again::<GuardianConsent>(text),
        "certificate_contents.content_sealed" => {
            to_canonical_json(&serde_json::from_str::<CertificateContent>(text).unwrap()).unwrap()
        }
        other => panic!("nothing is known of documents in {other}"),
    }
}

/// What a sealed content of a certificate says.
pub fn opened_certificate(entry: i64, sealed: &[u8]) -> String {
    let place = certificate_content(CertificateId::new(Seq(entry)));
    String::from_utf8(vault().open(place, sealed).unwrap()).unwrap()
}

/// An answer without the sentences of its refusals, `title` and `detail`: people read them, and they were put more
/// plainly since set 1; and without `ends_at`, which was told in UTC and is now, as every time, on the city's clock. The
/// codes and whatever else stands there is compared byte by byte.
pub fn without_sentences(answer: &str) -> String {
    const PROBLEM: &str = "\"type\":\"urn:hourbook:problem:";
    let mut pieces = answer.split(PROBLEM);
    let before = pieces.next().unwrap().to_owned();
    let timeless = |piece: &str| {
        if piece.contains("\"ends_at\":\"") { without(piece, "ends_at") } else { piece.to_owned() }
    };
    let problems =
        pieces.map(|piece| format!("{PROBLEM}{}", timeless(&without(&without(piece, "title"), "detail"))));
    before + &problems.collect::<String>()
}

/// A JSON text with the first text member of this name emptied.
fn without(json: &str, name: &str) -> String {
    let start = format!("\"{name}\":\"");
    let Some((before, rest)) = json.split_once(&start) else { panic!("no {name} in {json}") };
    let mut is_escaped = false;
    let end = rest.find(|c| {
        let is_end = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    });
    format!("{before}{start}{}", &rest[end.unwrap()..])
}

/// What was read, as far as it was told of when set 1 was made: accounts and memberships name the entry that they stand
/// on since, entries of statements what they were about, and links of figures lead to the very rows that were counted.
pub fn as_then_told(path: &str, mut read: Value) -> Value {
    if let Some(object) = read.as_object_mut()
        && (path.ends_with("/account") || path.ends_with("/memberships"))
    {
        object.remove("as_of");
    }
    if path.contains("/statement") {
        let entries = read.get_mut("items").and_then(Value::as_array_mut).into_iter().flatten();
        for entry in entries.filter_map(Value::as_object_mut) {
            entry.retain(|member, _| !["record", "redemption", "transfer"].contains(&member.as_str()));
        }
    }
    let units = read.pointer_mut("/assessment/ranking").and_then(Value::as_array_mut);
    for unit in units.into_iter().flatten() {
        for indicator in unit["indicators"].as_array_mut().into_iter().flatten() {
            let link = indicator["explained_by"].as_str().unwrap();
            let added = if link.contains("/members?") { "&counted=" } else { "&as_of=" };
            indicator["explained_by"] = json!(link.split(added).next().unwrap());
        }
    }
    with_numbers_as_masked_now(without_reasons(read))
}

/// What both masks show of a document's number: the last character of one that is not short.
fn with_last_of_long(number: &str) -> String {
    let masked = mask(number);
    masked.chars().enumerate().map(|(at, c)| if at + 1 == masked.len() { c } else { '*' }).collect()
}

/// Numbers of persons as they are masked since set 17: more of them is hidden, and in full they are shown to the
/// volunteer alone.
fn with_numbers_as_masked_now(read: Value) -> Value {
    match read {
        Value::Object(members) => Value::Object(
            members
                .into_iter()
                .map(|(name, value)| {
                    let value = match (name.as_str(), value) {
                        ("mobile", Value::String(number)) => json!(mask_mobile(&number)),
                        ("document_number_masked", Value::String(number)) => {
                            json!(with_last_of_long(&number))
                        }
                        ("document", Value::Object(mut document)) => {
                            if let Some(number) = document.get("number").and_then(Value::as_str) {
                                document.insert("number".to_owned(), json!(with_last_of_long(number)));
                            }
                            Value::Object(document)
                        }
                        (_, value) => with_numbers_as_masked_now(value),
                    };
                    (name, value)
                })
                .collect(),
        ),
        Value::Array(items) => items.into_iter().map(with_numbers_as_masked_now).collect(),
        plain => plain,
    }
}

/// Findings without their `reason`, which follows from the rule: a sentence for people, put more plainly since
/// set 1.
fn without_reasons(mut read: Value) -> Value {
    let findings = read.get_mut("items").and_then(Value::as_array_mut).into_iter().flatten();
    for finding in findings.filter(|item| item.get("rule").is_some()) {
        assert!(finding["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{finding}");
        finding["reason"] = json!("");
    }
    read
}

/// Findings without those by rules that came after the set was made: more is looked for since.
pub fn without_later_rules(mut read: Value) -> Value {
    const LATER: [&str; 8] = [
        "credited_again",
        "placed_and_fulfilled",
        "gifts_of_one_pair",
        "price_far_under",
        "owes_points",
        "moved_there_and_back",
        "headcount_of_the_past",
        "operator_relinked",
    ];
    if let Some(items) = read.get_mut("items").and_then(Value::as_array_mut) {
        items.retain(|item| !item["rule"].as_str().is_some_and(|rule| LATER.contains(&rule)));
    }
    read
}

/// Members of records, accounts and operators that there are since set 5: what was self-declared, confirmed, and credited
/// by one person alone; minutes that were claimed; how it is known who an operator is. And of activities: whether it is a
/// draft, what it tells, and who is present.
pub const LATER_MEMBERS: [&str; 10] = [
    "self_declared",
    "confirmed_at",
    "credited_alone",
    "claimed",
    "known_by",
    "draft",
    "recruitment",
    "present",
    "credits_seen",
    "credits_seen_set_for",
];

/// An answer without those members, none of which holds a comma.
pub fn without_later_members(answer: &str) -> String {
    LATER_MEMBERS.iter().fold(answer.to_owned(), |answer, name| {
        let member = format!(",\"{name}\":");
        let mut pieces = answer.split(member.as_str());
        let before = pieces.next().unwrap().to_owned();
        let after = |piece: &str| piece[piece.find([',', '}']).unwrap()..].to_owned();
        pieces.fold(before, |text, piece| text + &after(piece))
    })
}

/// Whether each finding of before is still there, perhaps with more records: since set 5 a check-in that nobody saw is
/// somebody's word, too, so that rules about what was entered by hand find more, under another name.
pub fn finds_no_less(golden: &Value, now: &Value) -> bool {
    let items = |read: &Value| read["items"].as_array().cloned().unwrap_or_default();
    let records = |finding: &Value| -> BTreeSet<String> { of(&finding["records"]) };
    let now = items(now);
    items(golden).iter().all(|before| {
        let is_within =
            |one: &Value| one["rule"] == before["rule"] && records(before).is_subset(&records(one));
        now.iter().any(is_within)
    })
}

/// Headcounts as they were listed before it was told who stated them, and what was replaced.
pub fn without_statements(mut read: Value) -> Value {
    if let Some(items) = read.get_mut("items").and_then(Value::as_array_mut) {
        items.retain(|item| item.get("replaced_by").is_none_or(Value::is_null));
        for headcount in items.iter_mut().filter(|item| item.get("staff").is_some()) {
            let members = headcount.as_object_mut().unwrap();
            members.retain(|name, _| {
                !["entry", "stated_by", "stated_at", "replaced_by"].contains(&name.as_str())
            });
        }
    }
    read
}

/// A new private key for access tokens.
pub fn token_key() -> String {
    TokenKeys::generate_pem().unwrap()
}

/// An access token of an operator that is good for fifty years.
pub fn access_token(pem: &str, operator: &str, role: &str, unit: &str, clock: &dyn Clock) -> String {
    let keys = Arc::new(TokenKeys::from_pem(pem).unwrap());
    let actor = Actor::Operator(operator.parse().unwrap());
    let fifty_years = 50 * 366 * 24 * 3600;
    let unit = Some(unit.parse().unwrap());
    let grant = Grant { actor, role: role.parse().unwrap(), unit, valid_from: Seq::default(), session: None };
    Issuer::new(keys, realm()).issue(grant, clock.now(), fifty_years).unwrap()
}

/// Whom an access token names that was signed with this key.
pub fn holder(pem: &str, token: &str, clock: &dyn Clock) -> String {
    let keys = Arc::new(TokenKeys::from_pem(pem).unwrap());
    Verifier::new(keys, &realm()).verify(token, clock.now()).unwrap().actor.to_string()
}

fn column_again<C: Column>(text: &str) -> String {
    match C::from_sql_value(SqlValue::Text(Some(text.to_owned()))).unwrap().to_sql_value() {
        SqlValue::Text(Some(text)) => text,
        other => panic!("a document became {other:?}"),
    }
}

fn json_again<T: Serialize + DeserializeOwned>(text: &str) -> String {
    serde_json::to_string(&serde_json::from_str::<T>(text).unwrap()).unwrap()
}

fn of<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap()
}
