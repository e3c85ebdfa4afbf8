//! Certificates (志愿服务记录证明): true, frozen, revoked or corrected, and found by anybody who holds one.

use crate::support::each_database;
use crate::support::http::{Answer, App, AppSettings, PUBLIC_URL, certificate_settings, id};
use crate::support::refusals;
use crate::support::town::{Certificate, Town, Volunteer, each_town, merged};
use hourbook::api::certificate::fonts::Fonts;
use hourbook::api::certificate::settings::CertificateSettings;
use serde_json::{Value, json};
use std::sync::Arc;

/// A volunteer with three hours on the 17th and one on the 18th, and the record of the latter.
fn volunteer_who_served(town: &Town) -> (Volunteer, String) {
    let volunteer = town.volunteer();
    town.serve(&volunteer, "17T09:00", "17T12:00");
    let record = town.serve(&volunteer, "18T09:00", "18T10:00");
    (volunteer, record)
}

fn issue(town: &Town, token: &str, volunteer: &Volunteer, other: Value) -> Answer {
    town.app.post("/v1/certificates", token, merged(json!({ "volunteer": volunteer.id }), other))
}

fn post(town: &Town, token: &str, of: &Certificate, step: &str, body: Value) -> Answer {
    town.app.post(&format!("/v1/certificates/{}/{step}", of.id), token, body)
}

fn reissue(town: &Town, of: &Certificate) -> Certificate {
    Certificate::of(&post(town, &town.coordinator, of, "reissue", json!({})).created())
}

fn revoke(town: &Town, of: &Certificate) -> Value {
    post(town, &town.coordinator, of, "revoke", json!({ "reason": "姓名登记有误" })).ok()
}

fn shown(town: &Town, of: &Certificate) -> Value {
    town.app.get(&format!("/v1/certificates/{}", of.id), &town.auditor).ok()
}

fn form(town: &Town, token: &str, of: &Certificate, form: &str) -> Answer {
    town.app.get(&format!("/v1/certificates/{}/{form}", of.id), token)
}

/// The public look-up, which needs no token.
fn look_up(app: &App, number: &str, code: &str) -> Answer {
    app.call("GET", &format!("/v1/certificates/lookup?number={number}&code={code}")).send()
}

fn standing(town: &Town, of: &Certificate) -> Value {
    look_up(town.app, &of.number, &of.code).ok()
}

/// The public page.
fn page(app: &App, number: &str, code: &str) -> Answer {
    app.call("GET", &format!("/verify/{number}?code={code}")).send()
}

#[test]
fn a_certificate_says_what_was_served_and_nothing_more_of_the_person_than_it_must() {
    each_town("certificates-content", |town| {
        let (volunteer, _) = volunteer_who_served(town);
        let answer = issue(town, &town.coordinator, &volunteer, json!({ "contact": "0375-2667890" }));
        assert!(answer.header("location").starts_with("/v1/certificates/"));
        let issued = answer.created();
        assert_eq!((&issued["state"], &issued["credited_minutes"]), (&json!("valid"), &json!(240)));
        assert_eq!(issued["as_of"].as_i64().unwrap(), issued["receipt"]["seq"].as_i64().unwrap() - 1);
        let certificate = Certificate::of(&issued);
        assert_eq!(
            issued["page"],
            format!("{PUBLIC_URL}/verify/{}?code={}", certificate.number, certificate.code)
        );

        let shown = shown(town, &certificate);
        let content = &shown["content"];
        assert_eq!(content["name"], "王小明");
        assert_eq!(content["document_kind"], "passport");
        assert!(content["document_number_masked"].as_str().unwrap().contains("****"));
        assert_eq!(content["unit_name"], "平顶山市教育体育局");
        assert_eq!((&content["handler"], &content["contact"]), (&json!("李老师"), &json!("0375-2667890")));
        assert_eq!(content["programmes"].as_array().unwrap().len(), 1);
        assert_eq!(
            content["programmes"][0],
            json!({
                "programme": town.programme, "name": "共爱同行", "first_day": "2026-11-17",
                "last_day": "2026-11-18", "credited_minutes": 240, "occasions": 0, "records": 2,
                "self_declared": 0, "claimed": 0,
            })
        );
        assert_eq!(
            content["evidence"],
            json!([{ "evidence": "leader", "self_declared": false, "credited_minutes": 240, "occasions": 0, "records": 2 }])
        );
        assert_eq!((&shown["code"], &shown["records"]), (&json!(certificate.code), &json!(2)));

        let entry = format!("/v1/journal/entries/{}", issued["receipt"]["seq"]);
        let entry = town.app.get(&entry, &town.admin);
        assert_eq!(entry.body["event"]["kind"], "certificate_issued", "{}", entry.text);
        for private in ["王小明", "E0", &certificate.code, "李老师"] {
            assert!(!entry.text.contains(private), "{private} is in the journal: {}", entry.text);
        }
        town.app.assert_verified();
    });
}

#[test]
fn a_period_counts_its_days_and_the_content_stays_as_it_was() {
    each_town("certificates-period", |town| {
        let (volunteer, _) = volunteer_who_served(town);
        let days = json!({ "period": { "first_day": "2026-11-18", "last_day": "2026-11-20" } });
        let issued = issue(town, &town.coordinator, &volunteer, days).created();
        assert_eq!((&issued["credited_minutes"], &issued["records"]), (&json!(60), &json!(1)));
        let certificate = Certificate::of(&issued);

        // What comes later changes nothing of what was said.
        town.serve(&volunteer, "18T14:00", "18T15:00");
        let version = town.app.get(&format!("/v1/programmes/{}", town.programme), &town.admin);
        let renamed = json!({ "name": "春风行动", "brands": [] });
        let path = format!("/v1/programmes/{}", town.programme);
        town.app.put(&path, &town.admin, version.header("etag"), renamed).ok();
        let shown = shown(town, &certificate);
        assert_eq!((&shown["credited_minutes"], &shown["state"]), (&json!(60), &json!("valid")));
        assert_eq!(shown["content"]["programmes"][0]["name"], "共爱同行");
        assert_eq!(shown["period"], json!({ "first_day": "2026-11-18", "last_day": "2026-11-20" }));
        town.app.assert_verified();
    });
}

#[test]
fn what_cannot_be_certified_is_refused() {
    each_town("certificates-refused", |town| {
        let (volunteer, _) = volunteer_who_served(town);
        let days = |first: &str, last: &str| json!({ "period": { "first_day": first, "last_day": last } });
        let refused = |body: Value, code: &str| {
            issue(town, &town.coordinator, &volunteer, body).refused(422, code);
        };
        refused(days("2026-11-18", "2026-11-17"), "certificate_period_invalid");
        refused(days("2026-11-18", "2026-11-21"), "certificate_period_invalid");
        refused(days("2026-11-01", "2026-11-16"), "certificate_empty");
        let idle = town.volunteer();
        town.submit(&idle, "18T09:00", "18T10:00");
        issue(town, &town.coordinator, &idle, json!({})).refused(422, "certificate_empty");

        town.leave(&volunteer);
        issue(town, &town.coordinator, &volunteer, json!({})).refused(409, "volunteer_closed");
        town.app.assert_verified();
    });
}

#[test]
fn the_volunteer_and_whoever_answers_for_the_unit_issue_and_only_the_unit_says_who_handles_it() {
    each_town("certificates-who", |town| {
        let (volunteer, _) = volunteer_who_served(town);
        let own = Certificate::of(&issue(town, &volunteer.token, &volunteer, json!({})).created());
        let content = &shown(town, &own)["content"];
        assert_eq!((&content["handler"], &content["contact"]), (&Value::Null, &json!("0375-2660000")));
        for said in [json!({ "handler": "王局长" }), json!({ "contact": "13800138000" })] {
            issue(town, &volunteer.token, &volunteer, said).refused(403, "not_permitted");
        }
        issue(town, &town.district_coordinator, &volunteer, json!({})).created();
        issue(town, &town.other_coordinator, &volunteer, json!({})).refused(403, "outside_unit");
        issue(town, &town.auditor, &volunteer, json!({})).refused(403, "not_permitted");
        issue(town, &town.volunteer().token, &volunteer, json!({})).refused(403, "not_permitted");

        let reason = || json!({ "reason": "重复" });
        post(town, &volunteer.token, &own, "revoke", reason()).refused(403, "not_permitted");
        post(town, &town.other_coordinator, &own, "revoke", reason()).refused(403, "outside_unit");
        let path = format!("/v1/certificates/{}", own.id);
        town.app.get(&path, &town.other_coordinator).refused(404, "certificate_not_found");
        town.app.get(&path, &town.volunteer().token).refused(404, "certificate_not_found");
        town.app.get(&path, &volunteer.token).ok();
        let listed = town.app.all_pages("/v1/certificates", &volunteer.token, 1);
        assert_eq!(listed.len(), 2);
        assert_eq!(listed[1]["id"], own.id);
        assert!(listed[0]["code"].is_null() && listed[0]["content"].is_null(), "not in lists");
    });
}

#[test]
fn the_same_request_under_a_key_issues_one() {
    each_town("certificates-key", |town| {
        let (volunteer, _) = volunteer_who_served(town);
        let ask = || {
            let call = town.app.call("POST", "/v1/certificates").token(&town.coordinator).key("once");
            call.json(json!({ "volunteer": volunteer.id })).send()
        };
        let first = ask().created();
        assert_eq!(ask().created(), first);
        // For ever: also when the person is gone.
        town.leave(&volunteer);
        assert_eq!(ask().created(), first);
    });
}

#[test]
fn voiding_a_record_that_it_rests_on_corrects_it_by_itself() {
    each_town("certificates-void", |town| {
        let (volunteer, record) = volunteer_who_served(town);
        let whole_life = town.certify(&volunteer);
        let days = json!({ "period": { "first_day": "2026-11-16", "last_day": "2026-11-17" } });
        let before = Certificate::of(&issue(town, &town.coordinator, &volunteer, days).created());
        town.void(&record);
        assert_eq!(shown(town, &whole_life)["state"], "corrected");
        assert_eq!(standing(town, &whole_life)["state"], "corrected");
        assert_eq!(shown(town, &whole_life)["content"]["programmes"][0]["credited_minutes"], 240, "frozen");
        assert_eq!(standing(town, &before)["state"], "valid", "it does not rest on that record");
        let listed = town.app.get(&format!("/v1/certificates?volunteer={}", volunteer.id), &town.admin).ok();
        let states: Vec<_> = listed["items"].as_array().unwrap().iter().map(|item| &item["state"]).collect();
        assert_eq!(states, ["valid", "corrected"]);

        // One that was issued after the voiding rests on what is left.
        let after = town.certify(&volunteer);
        assert_eq!(standing(town, &after)["credited_minutes"], 180);
        assert_eq!(standing(town, &after)["state"], "valid");
        town.app.assert_verified();
    });
}

#[test]
fn reissuing_links_the_two() {
    each_town("certificates-reissue", |town| {
        let (volunteer, record) = volunteer_who_served(town);
        let old = town.certify(&volunteer);
        town.void(&record);
        let new = reissue(town, &old);
        assert_eq!(shown(town, &new)["replaces"], old.id);
        assert_eq!(shown(town, &old)["replaced_by"], new.id);
        assert_eq!(shown(town, &old)["state"], "superseded");
        assert_eq!(standing(town, &old)["replaced_by"], new.number);
        assert_eq!(standing(town, &new)["credited_minutes"], 180);
        assert!(page(town.app, &old.number, &old.code).text.contains(&new.number));

        let again = post(town, &town.coordinator, &old, "reissue", json!({}));
        assert_eq!(again.refused(409, "certificate_superseded")["certificate"], new.id);
        let unknown = Certificate { id: new.id.replace(&new.id[..2], "zz"), ..new.clone() };
        post(town, &town.coordinator, &unknown, "reissue", json!({})).refused(404, "certificate_not_found");
        // The volunteer may, too, without a word of the unit's.
        post(town, &volunteer.token, &new, "reissue", json!({ "handler": "我" }))
            .refused(403, "not_permitted");
        post(town, &volunteer.token, &new, "reissue", json!({})).created();
        town.app.assert_verified();
    });
}

#[test]
fn what_was_issued_in_error_is_taken_back_once_with_a_reason() {
    each_town("certificates-revoke", |town| {
        let (volunteer, _) = volunteer_who_served(town);
        let certificate = town.certify(&volunteer);
        assert_eq!(revoke(town, &certificate)["state"], "revoked");
        let shown = shown(town, &certificate);
        assert_eq!((&shown["state"], &shown["revoked_reason"]), (&json!("revoked"), &json!("姓名登记有误")));
        assert_eq!(standing(town, &certificate)["state"], "revoked");
        assert!(!look_up(town.app, &certificate.number, &certificate.code).text.contains("有误"));
        let again = post(town, &town.coordinator, &certificate, "revoke", json!({ "reason": "再次" }));
        again.refused(409, "certificate_revoked");
        for kind in ["pdf", "badge"] {
            form(town, &volunteer.token, &certificate, kind).refused(409, "certificate_revoked");
        }
        let new = reissue(town, &certificate);
        assert_eq!(standing(town, &certificate)["state"], "revoked");
        assert_eq!(standing(town, &certificate)["replaced_by"], new.number);
        town.app.assert_verified();
    });
}

#[test]
fn guessing_is_answered_alike_and_then_not_at_all() {
    each_town("certificates-guess", |town| {
        let (volunteer, _) = volunteer_who_served(town);
        let certificate = town.certify(&volunteer);
        let another = town.certify(&volunteer);
        let mut bodies = Vec::new();
        for (number, code) in [
            (certificate.number.as_str(), "0000-0000-0000-0000"),
            (certificate.number.as_str(), another.code.as_str()),
            (certificate.number.as_str(), "0"),
            ("C000000999999", certificate.code.as_str()),
            ("C000000000001", certificate.code.as_str()),
            ("nothing", "nothing"),
        ] {
            let answer = look_up(town.app, number, code);
            bodies.push((answer.status, answer.text.clone()));
            answer.refused(404, "certificate_not_found");
            assert_eq!(page(town.app, number, code).status, 404);
        }
        assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]), "{bodies:?}");
        look_up(town.app, &certificate.number, &certificate.code.to_lowercase().replace('-', "")).ok();

        let refused =
            (0..100).map(|_| look_up(town.app, &certificate.number, "0")).find(|it| it.status == 429);
        let refused = refused.expect("a limit");
        assert_eq!(refused.header("retry-after"), "1");
        refused.refused(429, "too_many_requests");
        // Not even the right code: who guesses must not learn from the limit.
        look_up(town.app, &certificate.number, &certificate.code).refused(429, "too_many_requests");
        let page = page(town.app, &certificate.number, &certificate.code);
        assert_eq!((page.status, page.header("retry-after")), (429, "1"));
        town.app.clock.advance(chrono::Duration::seconds(60));
        look_up(town.app, &certificate.number, &certificate.code).ok();
        for bad in ["", "?number=C000000000001", "?code=1", "?number=1&code=1&more=1"] {
            let answer = town.app.call("GET", &format!("/v1/certificates/lookup{bad}")).send();
            answer.refused(400, "invalid_parameter");
        }
    });
}

#[test]
fn the_look_up_tells_the_least() {
    each_town("certificates-least", |town| {
        let (volunteer, _) = volunteer_who_served(town);
        let certificate = town.certify(&volunteer);
        assert_eq!(
            standing(town, &certificate),
            json!({
                "number": certificate.number, "state": "valid", "name_masked": "王*明",
                "unit_name": "平顶山市教育体育局", "credited_minutes": 240, "issued_on": "2026-11-20",
            })
        );
        let page = page(town.app, &certificate.number, &certificate.code);
        assert_eq!(page.status, 200);
        for told in ["有效", "王*明", "平顶山市教育体育局", "240 分钟", "2026年11月20日", &certificate.number]
        {
            assert!(page.text.contains(told), "{told}: {}", page.text);
        }
        for untold in ["王小明", "E0", "passport", "护照", "共爱同行", volunteer.id.as_str()] {
            assert!(!page.text.contains(untold), "{untold}: {}", page.text);
        }
    });
}

#[test]
fn the_page_works_alone_and_runs_nothing() {
    each_town("certificates-page", |town| {
        let (volunteer, _) = volunteer_who_served(town);
        let certificate = town.certify(&volunteer);
        let page = page(town.app, &certificate.number, &certificate.code);
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(
            page.header("content-security-policy"),
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        );
        assert_eq!(page.header("cache-control"), "no-store");
        assert!(!page.text.contains("<script") && !page.text.contains("style="), "{}", page.text);
        assert!(!page.text.contains("http"), "nothing from elsewhere: {}", page.text);
        let style = town.app.call("GET", "/verify.css").send();
        assert_eq!((style.status, style.header("content-type")), (200, "text/css; charset=utf-8"));

        let form = town.app.call("GET", "/verify").send();
        assert!(form.status == 200 && form.text.contains("<form action=\"/verify\" method=\"get\""));
        let typed = format!("/verify?number={}&code={}", certificate.number, certificate.code);
        assert!(town.app.call("GET", &typed).send().text.contains("王*明"));
        assert!(town.app.call("GET", "/verify/C1").send().text.contains("查无此证明"));
    });
}

#[test]
fn hostile_names_are_words_on_the_page() {
    each_town("certificates-hostile", |town| {
        let unit = json!({
            "code": "EVIL", "name": "<script>alert(1)</script>\"'&局", "kind": "school", "parent": town.bureau,
        });
        let unit = id(&town.app.post("/v1/units", &town.admin, unit).created());
        let person = merged(town.registration(&unit), json!({ "name": "<b onload='x'>" }));
        let volunteer = id(&town.app.post("/v1/volunteers", &town.admin, person).created());
        let volunteer = Volunteer { token: town.app.volunteer_token(&volunteer), id: volunteer };
        town.serve(&volunteer, "18T09:00", "18T10:00");
        let issued =
            issue(town, &town.admin, &volunteer, json!({ "handler": "</td>", "contact": "()\\ %PDF" }));
        let certificate = Certificate::of(&issued.created());
        let page = page(town.app, &certificate.number, &certificate.code);
        assert_eq!(page.status, 200);
        assert!(
            page.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;局"),
            "{}",
            page.text
        );
        assert!(page.text.contains("<td>&lt;*") && !page.text.contains("<script>"), "{}", page.text);
        // The other forms take any name, too.
        for kind in ["pdf", "badge"] {
            assert_eq!(form(town, &town.admin, &certificate, kind).status, 200, "{kind}");
        }
        // What is typed comes back nowhere.
        let typed = town.app.call("GET", "/verify?number=%3Cscript%3E&code=%22%3E%3Cb%3E").send();
        assert!(typed.status == 404 && !typed.text.contains("<script") && !typed.text.contains("<b>"));
    });
}

#[test]
fn a_closed_persons_content_is_gone_and_the_number_answers_with_the_state_alone() {
    each_town("certificates-closed", |town| {
        let (volunteer, record) = volunteer_who_served(town);
        let certificate = town.certify(&volunteer);
        let contents = || {
            let sql = hourbook::store::sql::Sql::new("SELECT COUNT(*) FROM certificate_contents");
            town.app.db().number(sql).unwrap()
        };
        assert_eq!(contents(), Some(1));
        town.leave(&volunteer);
        assert_eq!(contents(), Some(0));
        let gone = shown(town, &certificate);
        assert!(gone["content"].is_null() && gone["credited_minutes"] == 240, "{gone}");
        assert_eq!(standing(town, &certificate), json!({ "number": certificate.number, "state": "valid" }));
        let page = page(town.app, &certificate.number, &certificate.code);
        assert!(page.text.contains("有效") && !page.text.contains("王") && !page.text.contains("分钟"));
        for kind in ["pdf", "badge"] {
            form(town, &town.coordinator, &certificate, kind).refused(410, "certificate_erased");
        }
        town.void(&record);
        assert_eq!(standing(town, &certificate)["state"], "corrected");
        assert_eq!(revoke(town, &certificate)["state"], "revoked");
        post(town, &town.coordinator, &certificate, "reissue", json!({})).refused(409, "volunteer_closed");
        town.app.assert_verified();
    });
}

#[test]
fn the_same_certificate_gives_the_same_bytes() {
    each_town("certificates-bytes", |town| {
        let (volunteer, _) = volunteer_who_served(town);
        let certificate = town.certify(&volunteer);
        for (kind, media_type) in [("pdf", "application/pdf"), ("badge", "application/vc+jwt")] {
            let [one, two] = [(); 2].map(|()| form(town, &volunteer.token, &certificate, kind));
            assert_eq!((one.status, one.header("content-type")), (200, media_type));
            assert_eq!(one.bytes, two.bytes, "{kind}");
            town.app.clock.advance(chrono::Duration::days(3));
            assert_eq!(
                form(town, &town.coordinator, &certificate, kind).bytes,
                one.bytes,
                "{kind}, days later"
            );
        }
        let pdf = form(town, &volunteer.token, &certificate, "pdf");
        assert!(pdf.bytes.starts_with(b"%PDF-1.") && pdf.bytes.len() > 5_000, "{}", pdf.bytes.len());
        assert_eq!(
            pdf.header("content-disposition"),
            format!("inline; filename=\"{}.pdf\"", certificate.number)
        );
        let other = town.certify(&volunteer);
        assert_ne!(form(town, &volunteer.token, &other, "pdf").bytes, pdf.bytes);
        form(town, &town.other_coordinator, &certificate, "pdf").refused(404, "certificate_not_found");
    });
}

#[test]
fn a_badge_is_signed_by_the_key_that_its_header_names() {
    each_town("certificates-badge", |town| {
        let (volunteer, _) = volunteer_who_served(town);
        let certificate = town.certify(&volunteer);
        let badge = form(town, &volunteer.token, &certificate, "badge").text;
        let header = jsonwebtoken::decode_header(&badge).unwrap();
        assert_eq!((header.alg, header.typ.as_deref()), (jsonwebtoken::Algorithm::RS256, Some("JWT")));
        let kid = header.kid.unwrap();
        let key = town.app.call("GET", kid.strip_prefix(PUBLIC_URL).unwrap()).send().ok();
        let jwks = town.app.call("GET", "/v1/certificates/jwks").send().ok();
        assert_eq!(jwks, json!({ "keys": [key] }));
        assert_eq!(key["kid"], kid, "the key is called what the badge calls it");
        let by_thumbprint = format!("/v1/badge-keys/{}", kid.rsplit('/').next().unwrap());
        assert_eq!(town.app.call("GET", &by_thumbprint).send().ok(), key);
        town.app.call("GET", "/v1/badge-keys/another").send().refused(404, "route_not_found");
        town.app.call("GET", "/v1/certificates/keys/another").send().refused(404, "route_not_found");

        let key = jsonwebtoken::DecodingKey::from_jwk(&serde_json::from_value(key).unwrap()).unwrap();
        let mut validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::RS256);
        validation.required_spec_claims.clear();
        validation.validate_nbf = false;
        let claims = jsonwebtoken::decode::<Value>(&badge, &key, &validation).unwrap().claims;
        assert_eq!(claims["iss"], claims["issuer"]["id"]);
        assert_eq!(claims["sub"], format!("urn:uuid:{}", volunteer.id));
        assert_eq!((&claims["sub"], &claims["jti"]), (&claims["credentialSubject"]["id"], &claims["id"]));
        assert_eq!(
            (&claims["validFrom"], &claims["nbf"]),
            (&json!("2026-11-20T04:00:00Z"), &json!(1_795_147_200))
        );
        let text = claims.to_string();
        assert!(text.contains("王小明") && text.contains("240 分钟"), "{text}");
        assert!(!text.contains("****") && !text.contains("passport"), "no document, not even masked: {text}");
    });
}

#[test]
fn without_a_font_or_a_key_everything_else_works() {
    each_database("certificates-bare", |url| {
        let certificates = CertificateSettings {
            fonts: Arc::new(Fonts::of_files([])),
            badge_keys: None,
            ..certificate_settings()
        };
        let app = App::start_as(&url, AppSettings { certificates, ..AppSettings::default() });
        let town = Town::found(&app);
        let (volunteer, _) = volunteer_who_served(&town);
        let certificate = town.certify(&volunteer);
        form(&town, &volunteer.token, &certificate, "pdf").refused(503, "certificate_font_missing");
        form(&town, &volunteer.token, &certificate, "badge").refused(503, "badge_key_missing");
        assert_eq!(app.call("GET", "/v1/certificates/jwks").send().ok(), json!({ "keys": [] }));
        assert_eq!(standing(&town, &certificate)["state"], "valid");
        assert_eq!(shown(&town, &certificate)["content"]["name"], "王小明");
    });
}

/// A volunteer of this name, with a certificate.
fn certified_as(town: &Town, name: &str) -> (Volunteer, Certificate) {
    let registration = merged(town.registration(&town.school), json!({ "name": name }));
    let id = id(&town.app.post("/v1/volunteers", &town.admin, registration).created());
    let volunteer = Volunteer { token: town.app.volunteer_token(&id), id };
    town.serve(&volunteer, "18T09:00", "18T10:00");
    let certificate = town.certify(&volunteer);
    (volunteer, certificate)
}

#[test]
fn each_character_is_printed_in_a_font_that_has_it_or_is_refused_by_name() {
    each_town("certificates-fonts", |town| {
        for name in [
            "Şahin İnönü",
            "გიორგი 王",
            "古丽·买买提",
            &"W".repeat(100),
            &"宽".repeat(100),
            "O’Neill 王",
            "葛\u{E0100}城",
        ] {
            let (volunteer, certificate) = certified_as(town, name);
            let pdf = form(town, &volunteer.token, &certificate, "pdf");
            assert_eq!(pdf.status, 200, "{name}: {}", pdf.text);
            let has = |font: &[u8]| pdf.bytes.windows(font.len()).any(|bytes| bytes == font);
            assert!(has(b"WenQuanYiMicroHei"), "{name}");
            assert_eq!(has(b"DejaVuSans"), name.starts_with('გ'), "{name}");
        }
        for (name, named) in [
            ("李𢶯", "𢶯 (U+22DAF)"),
            ("赵𤭢", "𤭢 (U+24B62)"),
            ("𢶯𤭢𢶯", "𢶯 (U+22DAF), 𤭢 (U+24B62)"),
            ("ᠮᠣᠩᠭᠣᠯ", "ᠠ"),
        ] {
            let (volunteer, certificate) = certified_as(town, name);
            let refused = form(town, &volunteer.token, &certificate, "pdf");
            let problem = refused.refused(503, "certificate_glyph_missing");
            let detail = problem["detail"].as_str().unwrap();
            assert!(detail.contains(named) || name.starts_with('ᠮ'), "{detail}");
            assert_eq!(shown(town, &certificate)["content"]["name"], name, "JSON says it");
        }
    });
}

#[test]
fn without_a_public_address_nothing_that_is_printed_names_one() {
    each_database("certificates-address", |url| {
        let certificates = CertificateSettings {
            public_url: "http://0.0.0.0:8080".parse().unwrap(),
            has_public_address: false,
            ..certificate_settings()
        };
        let app = App::start_as(&url, AppSettings { certificates, ..AppSettings::default() });
        let town = Town::found(&app);
        let (volunteer, _) = volunteer_who_served(&town);
        let issued = issue(&town, &town.coordinator, &volunteer, json!({})).created();
        assert!(issued["code"].is_string() && issued.get("page").is_none(), "{issued}");
        let certificate = Certificate::of(&issued);
        let without = form(&town, &volunteer.token, &certificate, "pdf");
        assert_eq!(without.status, 200, "{}", without.text);
        assert!(shown(&town, &certificate).get("page").is_none());
    });
}

/// Words that were made out before the hours changed are refused by the rule itself.
#[test]
fn words_that_say_anything_else_than_the_ledger_are_refused() {
    use hourbook::domain::Command;
    use hourbook::domain::certificate::IssueCertificate;
    use hourbook::engine::Request;
    use hourbook::journal::commit;
    use hourbook::store::read::{Scope, certificates, volunteers};

    each_town("certificates-stale", |town| {
        let (volunteer, record) = volunteer_who_served(town);
        let id = volunteer.id.parse().unwrap();
        let vault = crate::support::writer::vault();
        let basis =
            || certificates::basis(&mut town.app.db(), &vault, Scope::All, id, None).unwrap().unwrap();
        let ask = |content: Option<_>| {
            let current = volunteers::current(&mut town.app.db(), id).unwrap().unwrap();
            let content = content.map(|content| Box::new(commit(content, [7; 16]).unwrap()));
            let command = IssueCertificate {
                volunteer: id,
                period: None,
                replaces: None,
                volunteer_version: current.version,
                content,
            };
            let request = Request::of_system(Command::IssueCertificate(command));
            town.app.ledger().submit_blocking(request)
        };
        let words = || basis().content(None, Default::default());
        let stale = |answer| refusals::expect_within(answer, "certificate_stale");
        let before = words();
        assert!(ask(before.clone()).is_ok(), "the true ones are taken");
        town.void(&record);
        stale(ask(before));
        let mut flattering = words().unwrap();
        flattering.credited_minutes.0 += 60;
        stale(ask(Some(flattering)));
        stale(ask(None));
        assert!(ask(words()).is_ok());
    });
}
