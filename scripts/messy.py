"""A ledger in which nearly everything goes wrong once: told through the API, drawn by a seed.

It begins as the demo's city of more than two years ago, so that what was held, open or valid then is overdue now and the
sweeper ends it. Then people serve, badly: with breaks, deductions, across midnight, late, twice; points are spent,
their service is voided, debts arise and are earned back; people move, object, correct, close. What a rule refuses is
part of the story, and is counted by its code.
"""
import collections, datetime, itertools, random, subprocess

from recomputation.client import Client

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
MINUTE, HOUR, DAY = datetime.timedelta(minutes=1), datetime.timedelta(hours=1), datetime.timedelta(days=1)
# The demo's points are valid for two years: of a city that is older all have lapsed.
CITY_AGE, CITY_DAYS = 760 * DAY, 182
VOLUNTEERS = 24
# What every such story must have brought about; without it the comparison would prove little.
NEVER_MISSING = [
    "record_submitted", "record_credited", "record_rejected", "record_voided", "redemption_placed",
    "redemption_fulfilled", "redemption_cancelled", "redemption_expired", "points_expired", "transfer_accepted",
    "transfer_rejected", "transfer_cancelled", "transfer_expired", "volunteer_closed", "objection_raised",
    "objection_upheld", "objection_dismissed", "correction_asked", "correction_accepted", "correction_declined",
    "certificate_issued", "certificate_revoked", "headcount_set", "training_voided", "honour_corrected",
    "reward_restocked", "reward_withdrawn", "pledge_fulfilled", "policy_created", "star_scheme_created",
    "assessment_scheme_created", "calendar_marked", "notice_policy_set", "activity_cancelled", "record_confirmed",
    "record_withdrawn", "crediting_policy_set", "contact_changed", "identity_changed", "identity_change_asked",
    "identity_change_confirmed", "identity_change_declined", "numbers_revealed", "transfer_agreed", "merge_asked", "merge_confirmed",
    "merge_declined",
]
# Refusals that say that the story itself is wrong.
NOT_OF_THE_STORY = ["invalid_body", "invalid_field", "invalid_parameter", "not_found", "precondition_required", "version_stale"]


def city_options():
    """Of `hourbook demo`: the old city, and a sweeper that is never long behind."""
    today = datetime.datetime.now(SHANGHAI).date() - CITY_AGE
    return ["--today", today.isoformat(), "--days", str(CITY_DAYS), "--sweep-seconds", "1"]


class Story:
    def __init__(self, program, data, service, seed):
        self.program, self.data, self.url = program, data, service.url
        self.chance = random.Random(seed)
        # Each in turn, so that none is left out by chance.
        self.steps = itertools.cycle(["agree", "release", "cancel", None])
        self.verdicts = itertools.cycle(["decline", "confirm", None, "confirm"])
        self.merges = itertools.cycle(["confirm", "decline", None, "confirm"])
        self.now = datetime.datetime.now(SHANGHAI).replace(microsecond=0) - MINUTE
        self.accepted, self.refused = 0, collections.Counter()
        self.admin = Client(service.url, service.token)
        # Who enters is another person than who decides.
        self.office = Client(service.url, self.token("--login", "bureau"))
        self.volunteers, self.clients, self.busy = [], {}, collections.defaultdict(list)
        self.records, self.redemptions = [], []
        self.paths = self.admin.get("/openapi.json")["paths"]

    def tell(self, steps):
        self.found_units()
        self.set_terms()
        self.register_people()
        self.announce_activities()
        for volunteer in self.volunteers:
            self.serve_across_midnight(volunteer)
        actions = [
            *[self.serve] * 12, *[self.credit] * 14, *[self.void] * 4, *[self.redeem] * 6, *[self.cancel] * 3, *[self.fulfil] * 3,
            self.reject, self.backfill, self.give_blood, self.serve_again, self.serve_twice, self.transfer, self.correct,
            self.object, self.certify, self.keep_apart, self.pledge, self.restock,
            *[self.confirm, self.credit_alone] * self.knows("/v1/service-records/{id}/confirm"),
            *[self.withdraw] * self.knows("/v1/service-records/{id}/withdraw"),
            *[self.change_contact, self.change_identity] * self.knows("/v1/volunteers/{id}/identity"),
            *[self.propose_transfer] * self.knows("/v1/transfers/{id}/agree"),
            *[self.merge] * self.knows("/v1/merges/{id}/confirm"),
        ]
        for _ in range(steps):
            self.chance.choice(actions)()
        merging = [self.merge] * 8 * self.knows("/v1/merges/{id}/confirm")
        ends = [self.fall_into_debt] * 4 + [self.cancel_after_void] * 2 + merging + actions[-23:]
        for happens in ends:
            happens()
        self.come_to_an_end()
        codes = ", ".join(f"{code} {count}" for code, count in sorted(self.refused.items()))
        print(f"{self.accepted} changes accepted, {sum(self.refused.values())} refused: {codes}", flush=True)

    # Asking

    def token(self, *holder):
        command = [self.program, "token", "--data-dir", self.data, *holder]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def ask(self, client, path, body=None, method="POST", **headers):
        """The thing that was made or changed; none where a rule refuses. A malformed request is a fault of the story."""
        status, answer = client.ask(method, path, {} if body is None else body, **headers)
        if status < 300:
            self.accepted += 1
            return answer
        if status >= 500 or answer.get("code") in NOT_OF_THE_STORY:
            raise SystemExit(f"{method} {path} {body}: {status} {answer}")
        self.refused[answer.get("code", str(status))] += 1
        return None

    def knows(self, path):
        """Whether the service has it yet."""
        return path in self.paths

    def make(self, client, path, body):
        made = self.ask(client, path, body)
        return made and made["id"]

    # How it begins

    def found_units(self):
        top = next(unit["id"] for unit in self.admin.each("/v1/units") if unit["parent"] is None)
        school = {"code": "MESS", "name": "混乱学校", "kind": "school", "parent": top}
        self.top, self.school = top, self.make(self.admin, "/v1/units", school)
        team = lambda code: self.make(self.admin, "/v1/units", {"code": code, "name": code, "kind": "team", "parent": self.school})
        self.teams = [team("MESS-1"), team("MESS-2")]
        self.notified = self.make(self.admin, "/v1/units", {"code": "MESS-N", "name": "公示学校", "kind": "school", "parent": top})
        self.ask(self.admin, f"/v1/units/{self.notified}/notice-policy", {"working_days": 1})
        for unit in [self.school, *self.teams, self.notified]:
            for days_ago in [30, 10, 10]:
                count = {"effective_from": self.day(days_ago), "staff": self.chance.randrange(20, 90), "party_members": 7}
                self.ask(self.admin, f"/v1/units/{unit}/headcounts", count)

    def set_terms(self):
        """Odd figures, so that rounding shows; a quota that is reached."""
        programme = lambda name, category: self.make(
            self.admin, "/v1/programmes", {"unit": self.top, "name": name, "brands": [], "category": category},
        )
        self.programmes = [programme("共爱同行", "社区服务"), programme("志愿红", "急救"), programme("春风行动", None)]
        self.ask(self.admin, "/v1/points-policies", {
            "effective_from": self.day(0), "points_per_hour": "7.37", "points_per_count": "3.33",
            "earning_grades": ["scan", "geo", "leader"], "monthly_quota": "90",
            "programme_coefficients": [{"programme": self.programmes[2], "coefficient": "1.5"}],
            "category_coefficients": [{"category": "急救", "coefficient": "0.67"}], "validity": {"kind": "months", "months": 1},
        })
        self.ask(self.admin, "/v1/star-schemes", {
            "effective_from": self.day(0), "threshold_minutes": [61, 200, 999], "counting_grades": ["leader", "backfill"],
        })
        figures = [
            ("registration_rate", {}), ("active_rate", {}), ("minutes_per_staff", {}), ("minutes_per_registered", {}),
            ("star_share", {"star": 1}), ("star_count", {"star": 2}), ("timeliness", {}), ("backfill_share", {}),
            ("voided_share", {}), ("events_held", {}),
        ]
        indicators = [
            {"code": kind, "kind": kind, "comparison": self.chance.choice(["at_least", "at_most"]), "threshold": "0.1734",
             "weight": str(at + 1), **more}
            for at, (kind, more) in enumerate(figures)
        ]
        scheme = self.make(self.admin, "/v1/assessment-schemes", {"name": "量化", "indicators": indicators})
        self.ask(self.admin, "/v1/assessment-schemes", {"name": "量化", "indicators": indicators[:3], "replaces": scheme})
        self.ask(self.admin, "/v1/calendar", {"days": [{"day": self.day(-1), "kind": "working"}, {"day": self.day(-3), "kind": "rest"}]})

    def register_people(self):
        for at in range(VOLUNTEERS):
            unit = self.notified if at % 6 == 5 else self.chance.choice([self.school, *self.teams])
            person = {
                "unit": unit, "name": f"志愿者{at}", "gender": "female", "birth_date": "1990-05-20",
                "document": {"kind": "passport", "number": f"M{at:07}"}, "mobile": f"199{at:08}",
                "consent": {"given_at": self.time(self.now - DAY), "text_version": "2026-1"},
            }
            made = self.ask(self.admin, "/v1/volunteers", person)
            self.volunteers.append(made["id"])
            self.clients[made["id"]] = Client(self.url, self.token("--volunteer", made["number"]))

        # What volunteers say of themselves was once called scanned.
        known = self.admin.get(f"/v1/volunteers/{self.volunteers[0]}/account")["minutes_by_grade"]
        self.own_word = "claimed" if "claimed" in known else "scan"

    def announce_activities(self):
        recent, past = (self.now - 3 * DAY, self.now + DAY), (self.now - 70 * DAY, self.now - 40 * DAY)
        activity = lambda unit, programme, window, measure="minutes": self.make(self.admin, "/v1/activities", {
            "programme": programme, "unit": unit, "name": "混乱的一天", "measure": measure,
            "window": {"start": self.time(window[0]), "end": self.time(window[1])},
        })
        self.activities = [activity(unit, programme, recent) for unit in [self.school, *self.teams] for programme in self.programmes]
        self.counted = activity(self.school, self.programmes[1], recent, "count")
        self.past = activity(self.school, self.programmes[0], past)
        self.on_notice = activity(self.notified, self.programmes[0], recent)
        called_off = activity(self.school, self.programmes[0], recent)
        self.ask(self.admin, f"/v1/activities/{called_off}/cancel")
        self.reward = self.make(self.admin, "/v1/rewards", {"unit": self.top, "name": "水杯", "price": "1.23", "stock": 90, "hold_days": 7})
        self.dear = self.make(self.admin, "/v1/rewards", {"unit": self.school, "name": "雨伞", "price": "4.56", "stock": 9, "hold_days": 1})
        withdrawn = self.make(self.admin, "/v1/rewards", {"unit": self.top, "name": "旧礼品", "price": "1", "stock": 1, "hold_days": 1})
        self.ask(self.admin, f"/v1/rewards/{withdrawn}/withdraw")

    # Service

    def serve_across_midnight(self, volunteer):
        """The last midnight, with a break over it for some."""
        midnight = self.now.replace(hour=0, minute=0, second=0)
        start, end = midnight - self.minutes(20, 90), midnight + min(self.minutes(5, 50), self.now - midnight)
        breaks = [(midnight - 7 * MINUTE, midnight + 3 * MINUTE)] if self.chance.random() < 0.4 and end > midnight + 4 * MINUTE else []
        self.busy[volunteer].append((start, end))
        self.enter(self.chance.choice(self.activities), volunteer, start, end, breaks)

    def serve(self):
        volunteer = self.somebody()
        span = self.free_time(volunteer)
        if span is None:
            return None
        start, end = span
        first = start + (end - start) / 3
        breaks = [(first, first + 5 * MINUTE + datetime.timedelta(seconds=20))] if self.chance.random() < 0.3 else []
        on_notice = self.chance.random() < 0.1
        return self.enter(self.on_notice if on_notice else self.chance.choice(self.activities), volunteer, start, end, breaks)

    def enter(self, activity, volunteer, start, end, breaks=(), **more):
        """Entered by the office as leader, or by the volunteer."""
        by_office = self.chance.random() < 0.8
        body = {
            "activity": activity, "volunteer": volunteer, "start": self.time(start), "end": self.time(end),
            "breaks": [{"start": self.time(begin), "end": self.time(end)} for begin, end in breaks],
            "evidence": "leader" if by_office else self.own_word, **more,
        }
        client = self.office if by_office else self.clients[volunteer]
        record = self.make(client, "/v1/service-records", body)
        if record:
            self.records.append((record, volunteer, activity, start, end))
        return record

    def serve_twice(self):
        """The same time at another place, which is refused."""
        if self.records:
            _, volunteer, _, start, end = self.chance.choice(self.records)
            self.enter(self.chance.choice(self.activities), volunteer, start, end)

    def serve_again(self):
        """Voided, and the same service entered and credited once more."""
        if credited := self.some_records("credited"):
            record, volunteer, activity, start, end = self.chance.choice(credited)
            self.ask(self.admin, f"/v1/service-records/{record}/void", {"reason": "时间有误"})
            self.credit(self.enter(activity, volunteer, start, end))

    def backfill(self):
        """Long past, with a reason, credited by another."""
        volunteer = self.somebody()
        start = self.now - 60 * DAY + self.minutes(0, 20_000)
        record = self.make(self.office, "/v1/service-records", {
            "activity": self.past, "volunteer": volunteer, "start": self.time(start), "end": self.time(start + self.minutes(30, 200)),
            "evidence": self.chance.choice(["backfill", "import"]), "reason": "设备故障，事后补录",
        })
        self.credit(record)

    def give_blood(self):
        """Counted in occasions: points, no minutes."""
        volunteer = self.somebody()
        if span := self.free_time(volunteer):
            record = self.make(self.office, "/v1/service-records", {
                "activity": self.counted, "volunteer": volunteer, "start": self.time(span[0]), "end": self.time(span[1]),
                "evidence": "leader", "count": self.chance.randrange(1, 4),
            })
            self.credit(record)

    def credit(self, record=None):
        if record is None and (submitted := self.some_records("submitted")):
            record = self.chance.choice(submitted)[0]
        if record:
            deductions = [{"minutes": self.chance.randrange(1, 12), "reason": "迟到"} for _ in range(self.chance.choice([0, 0, 0, 1, 2]))]
            self.ask(self.admin, f"/v1/service-records/{record}/credit", {"deductions": deductions})

    def reject(self):
        if submitted := self.some_records("submitted"):
            self.ask(self.admin, f"/v1/service-records/{self.chance.choice(submitted)[0]}/reject", {"reason": "与签到表不符"})

    def void(self):
        if credited := self.some_records("credited"):
            self.ask(self.admin, f"/v1/service-records/{self.chance.choice(credited)[0]}/void", {"reason": "查无此事"})

    def confirm(self):
        """The volunteer says that it is true; what they entered themselves they cannot confirm."""
        if submitted := self.some_records("submitted"):
            record, volunteer, *_ = self.chance.choice(submitted)
            self.ask(self.clients[volunteer], f"/v1/service-records/{record}/confirm")

    def withdraw(self):
        """Taken back by the office, if it was the office that entered it; then entered again."""
        if submitted := self.some_records("submitted"):
            record, volunteer, activity, start, end = self.chance.choice(submitted)
            if self.ask(self.office, f"/v1/service-records/{record}/withdraw"):
                self.enter(activity, volunteer, start, end)

    def credit_alone(self):
        """Entered and credited by one person, as the unit above lets them, or does not."""
        minutes = {"a_record": 60, "a_month": 200} if self.chance.random() < 0.8 else None
        self.ask(self.admin, f"/v1/units/{self.chance.choice(self.teams)}/crediting-policy", {"one_person_minutes": minutes})
        volunteer = self.somebody()
        for _ in range(3):
            if span := self.free_time(volunteer):
                self.enter(self.chance.choice(self.activities[3:]), volunteer, *span, credit=True)

    def some_records(self, status, volunteer=None):
        """Those of ours that stand so now."""
        here = {record["id"] for record in self.admin.each("/v1/service-records", status=status, volunteer=volunteer)}
        return [record for record in self.records if record[0] in here]

    # Gifts and debts

    def redeem(self, volunteer=None, reward=None):
        """By the volunteer, who alone is shown the code."""
        volunteer = volunteer or self.chance.choice(self.volunteers)
        reward = reward or self.chance.choice([self.reward, self.reward, self.dear])
        placed = self.ask(self.clients[volunteer], "/v1/redemptions", {"reward": reward, "volunteer": volunteer})
        if placed:
            self.redemptions.append((placed["id"], volunteer, placed.get("pickup_code")))
        return placed

    def fulfil(self, placed=None):
        placed = placed or (self.chance.choice(self.redemptions) if self.redemptions else None)
        if placed and placed[2]:
            self.ask(self.admin, f"/v1/redemptions/{placed[0]}/fulfil", {"pickup_code": placed[2]})

    def cancel(self, placed=None):
        placed = placed or (self.chance.choice(self.redemptions) if self.redemptions else None)
        if placed:
            self.ask(self.clients[placed[1]], f"/v1/redemptions/{placed[0]}/cancel")

    def fall_into_debt(self):
        """Points are spent, then all service is voided; what is served next pays the debt."""
        volunteer = self.richest()
        while volunteer and self.redeem(volunteer, self.reward):
            if self.chance.random() < 0.8:
                self.fulfil(self.redemptions[-1])
        for record, *_ in self.some_records("credited", volunteer)[:4]:
            self.ask(self.admin, f"/v1/service-records/{record}/void", {"reason": "查无此事"})
        self.redeem(volunteer)
        for _ in range(2):
            if span := self.free_time(volunteer):
                self.credit(self.enter(self.chance.choice(self.activities), volunteer, *span))

    def cancel_after_void(self):
        """What comes back from a cancelled redemption of voided service settles the debt first."""
        volunteer = self.richest(self.volunteers)
        if volunteer and self.redeem(volunteer, self.reward):
            placed = self.redemptions[-1]
            for record in list(self.admin.each("/v1/service-records", status="credited", volunteer=volunteer)):
                self.ask(self.admin, f"/v1/service-records/{record['id']}/void", {"reason": "查无此事"})
            self.cancel(placed)

    def richest(self, among=None):
        """Of these, or of three, who has most to spend."""
        points = lambda volunteer: float(self.admin.get(f"/v1/volunteers/{volunteer}/account")["points"]["available"])
        return max(among or self.chance.sample(self.volunteers, 3), key=points)

    def restock(self):
        self.ask(self.admin, f"/v1/rewards/{self.chance.choice([self.reward, self.dear])}/restock", {"added": self.chance.randrange(1, 9)})

    # People

    def transfer(self):
        """Requested by the volunteer; then each way that it may end."""
        volunteer = self.chance.choice(self.volunteers)
        target = self.chance.choice([self.school, *self.teams, self.notified])
        transfer = self.make(self.clients[volunteer], "/v1/transfers", {"volunteer": volunteer, "to_unit": target})
        if transfer is None:
            return
        end = self.chance.choice(["accept", "accept", "reject", "cancel"])
        if end == "cancel":
            self.ask(self.clients[volunteer], f"/v1/transfers/{transfer}/cancel")
            return
        if end == "accept" or self.chance.random() < 0.5:
            self.ask(self.admin, f"/v1/transfers/{transfer}/release")
        self.ask(self.admin, f"/v1/transfers/{transfer}/{end}")

    def propose_transfer(self):
        """By the office, with consent on paper: it binds nobody before the volunteer's yes or the source's release."""
        volunteer = self.somebody()
        proposal = {"volunteer": volunteer, "to_unit": self.chance.choice(self.teams), "consent": "书面同意"}
        transfer = self.make(self.office, "/v1/transfers", proposal)
        step = next(self.steps) if transfer else None
        if step is None:
            return
        if step == "agree":
            self.ask(self.clients[volunteer], f"/v1/transfers/{transfer}/agree")
        elif step == "release":
            self.ask(self.admin, f"/v1/transfers/{transfer}/release", {"consent": "书面同意"})
            self.ask(self.admin, f"/v1/transfers/{transfer}/accept")
        else:
            self.ask(self.office, f"/v1/transfers/{transfer}/cancel")

    def merge(self):
        """Two numbers are said to be one person's: declined, forgotten, or confirmed by another. What is open is mostly
        settled before; service of both at one time stays."""
        earlier, later = sorted(self.chance.sample(self.volunteers, 2))
        for record, *_ in self.some_records("submitted", later) if self.chance.random() < 0.8 else []:
            self.ask(self.admin, f"/v1/service-records/{record}/reject", {"reason": "重复登记"})
        asked = self.make(self.office, f"/v1/volunteers/{later}/merge", {"into": earlier, "reason": "同一人先后以两证登记"})
        verdict = next(self.merges) if asked else None
        if verdict:
            reason = {"reason": "是两个人"} if verdict == "decline" else None
            self.ask(self.admin, f"/v1/merges/{asked}/{verdict}", reason)

    def change_contact(self):
        volunteer = self.somebody()
        contact = {"mobile": f"199{self.chance.randrange(10**8):08}", "residence": "湛河区", "skills": [], "service_categories": []}
        self.change_person(self.clients[volunteer], volunteer, "contact", contact)

    def change_identity(self):
        """Birth date by the office alone, the name with a second person; perhaps asked for twice, confirmed, declined."""
        volunteer = self.somebody()
        at = self.volunteers.index(volunteer)
        name = self.chance.choice([f"志愿者{at}", f"改名{at}"])
        identity = {
            "name": name, "gender": "female", "birth_date": self.chance.choice(["1990-05-20", "1990-05-21"]),
            "document": {"kind": "passport", "number": f"M{at:07}"}, "guardian_consent": None, "reason": "登记有误",
        }
        changed = self.change_person(self.office, volunteer, "identity", identity)
        # What is made at once takes no verdict; what waits gets each in turn.
        verdict = next(self.verdicts) if changed and changed["status"] == "pending" else None
        if verdict:
            reason = {"reason": "材料不符"} if verdict == "decline" else None
            self.ask(self.admin, f"/v1/identity-changes/{changed['id']}/{verdict}", reason)

    def change_person(self, client, volunteer, part, body):
        version = self.admin.get(f"/v1/volunteers/{volunteer}")["version"]
        return self.ask(client, f"/v1/volunteers/{volunteer}/{part}", body, "PUT", **{"If-Match": f'"{version}"'})

    def correct(self):
        """A record is wrong: it is voided and the correction accepted, or it is declined."""
        if not (credited := self.some_records("credited")):
            return
        record, volunteer, *_ = self.chance.choice(credited)
        asked = {"volunteer": volunteer, "words": "结束时间有误"}
        correction = self.make(self.clients[volunteer], f"/v1/service-records/{record}/corrections", asked)
        if correction and self.chance.random() < 0.6:
            self.ask(self.admin, f"/v1/service-records/{record}/void", {"reason": "本人报告有误"})
            self.ask(self.admin, f"/v1/corrections/{correction}/accept", {"words": "已更正"})
        elif correction:
            self.ask(self.admin, f"/v1/corrections/{correction}/decline", {"words": "签到表无误"})

    def object(self):
        """A record on notice, objected to by another member of the unit."""
        volunteer = self.somebody()
        members = [member["id"] for member in self.admin.each("/v1/volunteers", unit=self.notified, status="active")]
        others = [member for member in members if member != volunteer and member in self.clients]
        if not others or not (span := self.free_time(volunteer)):
            return
        record = self.enter(self.on_notice, volunteer, *span)
        if record is None:
            return
        objector = self.chance.choice(others)
        objection = self.make(self.clients[objector], f"/v1/service-records/{record}/objections", {"reason": "当天未见到本人"})
        verdict = self.chance.choice(["uphold", "dismiss", None])
        if objection and verdict:
            self.ask(self.admin, f"/v1/objections/{objection}/{verdict}", {"reason": "已核对签到表"})

    def certify(self):
        certificate = self.make(self.admin, "/v1/certificates", {"volunteer": self.chance.choice(self.volunteers)})
        if certificate and self.chance.random() < 0.5:
            self.ask(self.admin, f"/v1/certificates/{certificate}/reissue")
        elif certificate and self.chance.random() < 0.5:
            self.ask(self.admin, f"/v1/certificates/{certificate}/revoke", {"reason": "登记有误"})

    def keep_apart(self):
        """A training and an honour, corrected and voided: in no total."""
        volunteer = self.chance.choice(self.volunteers)
        course = {"course": "急救", "organiser": "红十字会", "first_day": self.day(9), "last_day": self.day(8), "minutes": 300}
        training = self.ask(self.admin, "/v1/trainings", {"volunteer": volunteer, **course})
        honour = {"volunteer": volunteer, "title": "优秀", "giver": "文明办", "day": self.day(9)}
        honour = self.ask(self.admin, "/v1/honours", honour)
        self.ask(self.admin, f"/v1/volunteers/{volunteer}/reveal", {"purpose": "为活动投保"})
        if training:
            self.correct_apart("trainings", training, course | {"minutes": 240, "reason": "时长有误"})
            self.ask(self.admin, f"/v1/trainings/{training['id']}/void", {"reason": "重复"})
        if honour:
            self.correct_apart("honours", honour, {"title": "优秀", "giver": "文明办", "day": self.day(7), "reason": "日期有误"})

    def correct_apart(self, things, thing, corrected):
        if_match = {"If-Match": f'"{thing["version"]}"'}
        self.ask(self.admin, f"/v1/{things}/{thing['id']}", corrected, "PUT", **if_match)

    def pledge(self):
        if credited := self.some_records("credited"):
            record, volunteer, *_ = self.chance.choice(credited)
            client = self.clients[volunteer]
            pledge = self.make(client, "/v1/pledges", {"volunteer": volunteer, "title": "每月一次", "due": self.day(-30)})
            if pledge:
                self.ask(client, f"/v1/pledges/{pledge}/fulfil", {"record": record})

    def come_to_an_end(self):
        """Some close: with points, with debts, with records that still wait."""
        for volunteer in self.chance.sample(self.volunteers, 5):
            for redemption, owner, _ in self.redemptions:
                if owner == volunteer:
                    self.ask(self.clients[volunteer], f"/v1/redemptions/{redemption}/cancel")
            self.close(volunteer)

    def close(self, volunteer):
        """By the volunteer, who names what that costs."""
        waiting = list(self.admin.each("/v1/service-records", volunteer=volunteer, status="submitted"))
        cost = {
            "reason": "迁往外地", "abandons_records": len(waiting),
            "forfeits_points": self.admin.get(f"/v1/volunteers/{volunteer}/account")["points"]["available"],
        }
        self.ask(self.clients[volunteer], f"/v1/volunteers/{volunteer}/close", cost, **{"If-Match": "*"})

    # Time

    def somebody(self):
        return self.chance.choice(self.volunteers)

    def free_time(self, volunteer):
        """Some minutes of the last forty hours in which the volunteer serves nowhere yet."""
        for _ in range(20):
            start = self.now - self.minutes(30, 40 * 60)
            end = start + self.minutes(17, 130)
            if end <= self.now and all(end <= other or until <= start for other, until in self.busy[volunteer]):
                self.busy[volunteer].append((start, end))
                return start, end
        return None

    def minutes(self, least, most):
        return self.chance.randrange(least, most) * MINUTE

    def time(self, at):
        return at.isoformat()

    def day(self, days_ago):
        return (self.now - days_ago * DAY).date().isoformat()
