//! The start page: where the demo is, whose tokens there are, and lines to live the story with.

use super::PASSWORD;
use super::city::City;
use super::names::resident_number;
use super::wechat::{APP, OPENID};
use crate::domain::identity::Gender;
use crate::domain::time::{LocalZone, Timestamp};
use chrono::{Datelike, Days, NaiveDate};
use std::path::Path;

/// One token a role.
#[derive(Debug, serde::Serialize)]
pub struct DemoTokens {
    pub admin: String,
    pub coordinator: String,
    /// Who credits what the coordinator entered.
    pub colleague: String,
    pub auditor: String,
    pub volunteer: String,
}

/// Where the demo is.
#[derive(Debug)]
pub struct DemoSite<'p> {
    /// The address of the service.
    pub base: &'p str,
    pub zone: LocalZone,
    pub now: Timestamp,
    /// How long the journal is: makes the person who registers a new one each time that the demo is started.
    pub entries: i64,
    /// The program that runs, to be run beside.
    pub program: &'p Path,
    pub data_dir: &'p Path,
    /// Whether the printed passwords open anything.
    pub takes_passwords: bool,
}

/// The page's text.
#[must_use]
pub fn page(place: &DemoSite, city: &City, tokens: &DemoTokens) -> String {
    let DemoSite { base, zone, now, entries, program, data_dir, takes_passwords } = place;
    let first_school = city.schools.first().copied().unwrap_or(city.bureau);
    let second_school = city.schools.get(1).copied().unwrap_or(city.bureau);
    let birth_date = NaiveDate::from_ymd_opt(1990, 5, 20).unwrap_or_default();
    let document = resident_number(birth_date, Gender::Female, entries.unsigned_abs());
    let yesterday = zone.date_of(*now).checked_sub_days(Days::new(1)).unwrap_or_default();
    let today = zone.date_of(*now);
    let year_began = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
    let consent_at = zone.rfc3339(now.plus(chrono::Duration::minutes(-1)));
    let (starts_at, ends_at) = (zone.rfc3339(*now), zone.rfc3339(now.plus(chrono::Duration::hours(8))));
    let City { bureau, activity, reward, assessment_scheme, .. } = city;
    // The same lines pasted again ask for the same once more, and are told what came of it.
    let run = now.as_micros();
    let DemoTokens { admin, coordinator, colleague, auditor, volunteer } = tokens;
    let (program, data_dir) = (program.display(), data_dir.display());
    let log_in = if *takes_passwords {
        format!("operator `bureau`, password `{PASSWORD}`")
    } else {
        "by token only: others reach this address, and everybody knows the demo's passwords".to_owned()
    };
    format!(
        r#"
Hourbook is at {base}
  documentation   {base}/docs
  specification   {base}/openapi.yaml
  log in          {log_in}

# One token a role, each good for a day:
ADMIN={admin}
COORDINATOR={coordinator}
COLLEAGUE={colleague}
AUDITOR={auditor}
VOLUNTEER={volunteer}

# Paste the five lines above, then live the story line by line:
BASE={base}
id() {{ grep -o '"id":"[^"]*"' | head -1 | cut -d'"' -f4; }}
as() {{ curl -sS "$BASE/v1/$2" -H "Authorization: Bearer $1" -H 'Content-Type: application/json' "${{@:3}}"; }}
ask() {{ as "$COORDINATOR" "$@"; }}
# What is asked for twice under one key is carried out once: paste what you like again
ONCE='Idempotency-Key: story-{run}'

# 登记注册 register at one school
NEW=$(ask volunteers -H "$ONCE-register" -d '{{"unit":"{first_school}","name":"王小明","gender":"female","birth_date":"{birth_date}","document":{{"kind":"resident_identity","number":"{document}"}},"mobile":"13800138000","consent":{{"given_at":"{consent_at}","text_version":"2026-1"}}}}' | id); echo "volunteer $NEW"

# 时长记录 log three and a half hours; a colleague credits them: who enters a record does not
RECORD=$(ask service-records -H "$ONCE-record" -d '{{"activity":"{activity}","volunteer":"'$NEW'","start":"{yesterday}T09:00:00+08:00","end":"{yesterday}T12:30:00+08:00","evidence":"leader"}}' | id); echo "record $RECORD"
as "$COLLEAGUE" service-records/$RECORD/credit -H "$ONCE-credit" -d '{{}}'; echo

# 账户 the account: minutes by evidence, points
ask volunteers/$NEW/account; echo

# 关系转接 move to another school: proposed, released by a colleague on the volunteer's signed consent, accepted
MOVE=$(ask transfers -H "$ONCE-move" -d '{{"volunteer":"'$NEW'","to_unit":"{second_school}","consent":"本人书面同意"}}' | id); echo "transfer $MOVE"
as "$COLLEAGUE" transfers/$MOVE/release -H "$ONCE-release" -d '{{"consent":"书面申请，档案 17 号"}}'; echo
ask transfers/$MOVE/accept -H "$ONCE-accept" -d '{{}}'; echo

# 积分兑换 a volunteer redeems a gift, is given the pick-up code, and the office hands the gift over against it
ME=$(as "$VOLUNTEER" me | grep -o '"volunteer:[^"]*"' | cut -d'"' -f2 | cut -d: -f2)
GIFT=$(as "$VOLUNTEER" redemptions -H "$ONCE-redeem" -d '{{"reward":"{reward}","volunteer":"'$ME'"}}'); echo "$GIFT"
CODE=$(echo "$GIFT" | grep -o '"pickup_code":"[^"]*"' | cut -d'"' -f4)
ask redemptions/$(echo "$GIFT" | id)/fulfil -H "$ONCE-fulfil" -d '{{"pickup_code":"'$CODE'"}}'; echo

# 志愿服务记录证明 a certificate, and the page that its QR code opens
CERTIFICATE=$(ask certificates -H "$ONCE-certify" -d '{{"volunteer":"'$NEW'"}}'); echo "$CERTIFICATE"
ask certificates/$(echo "$CERTIFICATE" | id)/pdf -o /tmp/certificate.pdf; ls -l /tmp/certificate.pdf
echo "$CERTIFICATE" | grep -o '"page":"[^"]*"' | cut -d'"' -f4

# 微信登录 sign in by WeChat, of which a stand-in runs here: the volunteer gets tokens, somebody new a ticket to bind with
wechat() {{ curl -sS "$BASE/v1/auth/wechat" -H 'Content-Type: application/json' -d '{{"app":"{APP}","code":"ok-'$1.$RANDOM$RANDOM'"}}'; }}
wechat {OPENID}; echo; wechat somebody-new; echo

# 招募、报名、签到 recruit for today; the volunteer takes a place, comes by the code that hangs there, and looks at the first screen
PROGRAMME=$(ask activities/{activity} | grep -o '"programme":"[^"]*"' | cut -d'"' -f4)
EVENT=$(ask activities -H "$ONCE-recruit" -d '{{"programme":"'$PROGRAMME'","unit":"{first_school}","name":"护湖行动","place":"白龟湖","window":{{"start":"{starts_at}","end":"{ends_at}"}},"recruitment":{{"content":"湖边捡拾垃圾","risks":"湖边湿滑","safeguards":"统一投保","contact":"团委办公室"}}}}' | id); echo "activity $EVENT"
PLACES=$(ask activities/$EVENT/positions -H "$ONCE-position" -d '{{"name":"捡拾组","places":5}}' | id); echo "position $PLACES"
as "$VOLUNTEER" "opportunities?free=true&limit=2"; echo
ask positions/$PLACES/enrolments -H "$ONCE-enrol" -d '{{"volunteer":"'$ME'","consent":"本人同意"}}'; echo
HANGING=$(ask "activities/$EVENT/check-code?direction=in" | grep -o '"code":"[^"]*"' | cut -d'"' -f4)
as "$VOLUNTEER" check-ins -d '{{"code":"'$HANGING'"}}'; echo
as "$VOLUNTEER" me/home; echo

# 统计 the totals, and the volunteer's statement
ask "totals/minutes?group_by=unit,month"; echo
ask volunteers/$NEW/statement; echo

# 星级、量化考核 the star that is next, and how the units fare this year
ask volunteers/$NEW/star; echo
ask "assessments?unit={bureau}&each=children&scheme={assessment_scheme}&from={year_began}&to={today}&format=csv"

# 公示、异议、更正 what is on public notice, who objects, what is to be put right
ask notices?limit=3; echo; ask objections; echo; ask corrections; echo

# 承诺践诺、示范岗 what was pledged and is kept, and the model posts
ask pledges; echo; ask model-posts; echo

# 异常线索 what looks wrong to an auditor, with the reason and the records
as "$AUDITOR" findings; echo

# 可验证 the signed journal, and the proof that the record stands in it
curl -sS "$BASE/log/checkpoint"
curl -sS "$BASE/v1/journal/entries/1/proof"; echo

# 审计 a folder that an auditor takes away, checked by a script of Python's standard library
FOLDER=$(mktemp -d)/audit; '{program}' export audit --data-dir '{data_dir}' --unit EDU-SPORTS --to "$FOLDER"
python3 "$FOLDER/verify_bundle.py" "$FOLDER" "$('{program}' log-key --public --data-dir '{data_dir}')"
"#
    )
}
