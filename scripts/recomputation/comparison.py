"""Asks the service for every figure, and compares it with the recomputed one."""
import copy, hashlib, itertools, random, time, urllib.parse

from . import answers, figures
from .journal import canonical, root
from .ledger import ACCOUNTS, asset_of
from .values import DAY, decimal, instant, local_day, micros_of

# The service's lists, each with the ledger's things and how the service shows one.
LISTS = [
    ("units", "/v1/units", "units", answers.unit),
    ("volunteers", "/v1/volunteers", "volunteers", answers.volunteer),
    ("programmes", "/v1/programmes", "programmes", answers.programme),
    ("activities", "/v1/activities", "activities", answers.activity),
    ("records", "/v1/service-records", "records", answers.record),
    ("rewards", "/v1/rewards", "rewards", answers.reward),
    ("redemptions", "/v1/redemptions", "redemptions", answers.redemption),
    ("transfers", "/v1/transfers", "transfers", answers.as_it_is),
    ("objections", "/v1/objections", "objections", answers.as_it_is),
    ("corrections", "/v1/corrections", "corrections", answers.as_it_is),
    ("certificates", "/v1/certificates", "certificates", answers.certificate),
    ("pledges", "/v1/pledges", "pledges", answers.pledge),
    ("model posts", "/v1/model-posts", "model_posts", answers.as_it_is),
    ("accesses", "/v1/accesses", "accesses", answers.as_it_is),
    ("trainings", "/v1/trainings", "trainings", answers.as_it_is),
    ("ratings", "/v1/ratings", "ratings", answers.as_it_is),
    ("honours", "/v1/honours", "honours", answers.as_it_is),
    ("identity changes", "/v1/identity-changes", "identity_changes", answers.as_it_is),
    ("merges", "/v1/merges", "merges", answers.as_it_is),
    ("operators", "/v1/operators", "operators", answers.as_it_is),
    ("points policies", "/v1/points-policies", "policies", answers.policy),
    ("star schemes", "/v1/star-schemes", "star_schemes", answers.star_scheme),
    ("assessment schemes", "/v1/assessment-schemes", "assessment_schemes", answers.assessment_scheme),
]
FOR_ADMINS = ["operators"]
# Members that former services do not show.
LATER = [
    "confirmed_at", "credited_alone", "self_declared", "identified", "rounding", "most_counts_a_day",
    "most_counts_an_activity", "claimed", "merged_into", "merged_numbers",
]
# Entries as of which totals are asked for, besides the last; drawn by a seed.
EARLIER_STATES = 6
# Figures whose link leads to a list of records, and the part of them that is asked for.
EXPLAINED_BY_RECORDS = ["timeliness", "backfill_share", "voided_share", "events_held"]
ASKED_EXPLANATIONS = 0.2
# Roll-ups stand where a batch passes a multiple of so many entries.
ROLLUP_ENTRIES = 4096
# What must have been compared, or the whole comparison has failed.
NEVER_EMPTY = [
    "entries", "roots", "units", "volunteers", "records", "accounts", "statements", "memberships", "stars",
    "totals of minutes", "totals of points", "points policies",
]


class Comparison:
    def __init__(self, ledger, client, tally, seed):
        self.ledger, self.client, self.tally = ledger, client, tally
        self.last = len(ledger.entries)
        self.chance = random.Random(seed)
        self.states, self.roots = self.draw_states(), {}
        # What the service says that it answers: one of before some figure was shown has no place for it.
        self.specification = client.get("/openapi.json")

    def run(self):
        self.compare_head("before")
        is_admin = self.client.get("/v1/me")["role"] == "admin"
        self.compare_entries(is_admin)
        for kind, path, things, shown in LISTS:
            if self.has(path) and (is_admin or kind not in FOR_ADMINS):
                self.compare_list(kind, path, getattr(self.ledger, things), shown)
        self.compare_voided_points()
        self.compare_waiting()
        self.compare_notice_policies()
        self.compare_crediting_policies()
        self.compare_calendar()
        self.compare_headcounts()
        self.compare_volunteers()
        self.compare_totals()
        self.compare_assessments()
        self.compare_head("after")
        for kind in NEVER_EMPTY:
            if not self.tally.compared[f"service: {kind}"]:
                self.tally.fault(f"service: {kind}", "nothing was compared")

    def same(self, kind, where, ours, theirs):
        return self.tally.same(f"service: {kind}", where, ours, theirs)

    def draw_states(self):
        at_rollups = [at + by for at in range(ROLLUP_ENTRIES, self.last, ROLLUP_ENTRIES) for by in [-1, 0, 1]]
        earlier = [self.chance.randrange(1, self.last) for _ in range(EARLIER_STATES)]
        return [self.last, *sorted({*at_rollups, *earlier, 1} - {self.last})]

    def has(self, path, parameter=None):
        """Whether the service has a path, and takes a parameter in its query."""
        operation = self.specification["paths"].get(path, {}).get("get")
        if operation is None or parameter is None:
            return operation is not None
        names = [named.get("name") or named["$ref"].rsplit("/", 1)[1] for named in operation.get("parameters", [])]
        return parameter in names

    # The journal itself

    def compare_head(self, when):
        """Nothing may be written between the export and the end: figures of now would differ rightly."""
        answer = self.client.get("/v1/totals/points")
        self.same("roots", f"head {when} (if it moved: export again)", self.last, answer["as_of"])
        self.same("roots", f"head {when}", self.root_at(self.last), answer["root"])

    def root_at(self, seq):
        if seq not in self.roots:
            self.roots[seq] = root(entry.leaf for entry in self.ledger.entries[:seq])
        return self.roots[seq]

    def compare_entries(self, is_admin):
        """An admin sees every entry; an auditor those of the own units."""
        seen = 0
        for seen, theirs in enumerate(self.client.each("/v1/journal/entries"), 1):
            if theirs["seq"] > self.last:
                continue
            entry = self.ledger.entries[theirs["seq"] - 1]
            where = f"entry {entry.seq}"
            self.same("entries", f"{where} hash", entry.leaf.hex(), theirs["hash"])
            self.same("entries", f"{where} event", entry.event, theirs["event"])
            lines = [self.shown_account(posting_account(posting)) | {"amount": amount_text(posting)} for posting in entry.postings]
            self.same("entries", f"{where} postings", lines, theirs["postings"])
        if is_admin:
            self.same("entries", "how many", self.last, seen)

    def shown_account(self, account):
        kind, *names = account
        return {"account": kind, "asset": asset_of(account)} | dict(zip(ACCOUNTS[kind], names))

    # Things

    def compare_list(self, kind, path, things, shown):
        found = {theirs["id"]: theirs for theirs in self.client.each(path)}
        self.same(kind, f"which {kind} there are", sorted(things), sorted(found))
        for thing_id in things.keys() & found.keys():
            for name, value in shown(self.ledger, things[thing_id]).items():
                if name in found[thing_id] or name not in LATER:
                    self.same(kind, f"{thing_id} {name}", value, found[thing_id].get(name, "(nothing)"))

    def compare_voided_points(self):
        """Of what a redemption drew, what was earned by service that has been voided since."""
        for redemption in self.ledger.redemptions.values():
            voided = [draw["points"] for draw in redemption.draws if self.ledger.lots[draw["lot"]].voided]
            theirs = self.client.get(f"/v1/redemptions/{redemption.id}")["voided_points"]
            self.same("redemptions", f"{redemption.id} voided points", decimal(sum(voided)), theirs)

    def compare_waiting(self):
        """Records that wait for a decision, and those of them that are on public notice."""
        waiting = {record.id: record for record in self.ledger.records.values() if record.status == "submitted"}
        theirs = [record["id"] for record in self.client.each("/v1/due/records")]
        self.same("records that wait", "which", sorted(waiting), sorted(theirs))
        running = {record.id: record for record in waiting.values() if (record.notice_ends_at or 0) > now()}
        notices = {notice["record"]: notice for notice in self.client.each("/v1/notices")}
        self.same("notices", "which", sorted(running), sorted(notices))
        for record in running.keys() & notices.keys():
            ours = answers.notice(running[record])
            self.same("notices", record, ours, {name: notices[record].get(name) for name in ours})

    def compare_notice_policies(self):
        """The longest of what a unit and those above it demand."""
        for unit in self.ledger.units.values():
            set_for, days = figures.notice_policy(self.ledger, unit.id, self.has("/v1/units/{id}/crediting-policy"))
            theirs = self.client.get(f"/v1/units/{unit.id}/notice-policy")
            self.same("notice policies", unit.code, [days, set_for], [theirs["working_days"], theirs["set_for"]])

    def compare_crediting_policies(self):
        """How much one person alone may credit: the unit's own policy, or that of the nearest unit above with one."""
        if not self.has("/v1/units/{id}/crediting-policy"):
            return
        for unit in self.ledger.units.values():
            ours = figures.one_person_minutes(self.ledger, unit.id)
            theirs = self.client.get(f"/v1/units/{unit.id}/crediting-policy")["one_person_minutes"]
            self.same("crediting policies", unit.code, ours, theirs)

    def compare_calendar(self):
        for year in sorted({day.year for day in self.ledger.calendar}):
            ours = [{"day": day, "kind": kind} for day, kind in sorted(self.ledger.calendar.items()) if day.year == year]
            self.same("calendar", year, ours, self.client.get("/v1/calendar", year=year)["days"])

    def compare_headcounts(self):
        for unit in self.ledger.units:
            counts = {count.effective_from: count for count in self.ledger.headcounts if count.unit == unit}
            ours = sorted((day.isoformat(), count.staff, count.party_members) for day, count in counts.items())
            found = self.client.get(f"/v1/units/{unit}/headcounts")["items"]
            in_force = [count for count in found if count.get("replaced_by") is None]
            theirs = sorted((count["effective_from"], count["staff"], count["party_members"]) for count in in_force)
            self.same("headcounts", unit, ours, theirs)
            self.compare_replaced_headcounts(unit, found)

    def compare_replaced_headcounts(self, unit, found):
        """A service that keeps what was replaced visible names each with the entry that took its place."""
        if not any("replaced_by" in count for count in found):
            return
        stated = sorted(
            (count for count in self.ledger.headcounts if count.unit == unit),
            key=lambda count: (count.effective_from, count.seq),
        )
        after = [*stated[1:], None]
        replaced = [
            (count.seq, count.staff, next.seq) for count, next in zip(stated, after)
            if next and next.effective_from == count.effective_from
        ]
        theirs = [
            (count["entry"], count["staff"], count["replaced_by"]) for count in found if count["replaced_by"] is not None
        ]
        self.same("headcounts", f"{unit} replaced", replaced, theirs)

    # Volunteers

    def compare_volunteers(self):
        for volunteer in self.ledger.volunteers.values():
            path = f"/v1/volunteers/{volunteer.id}"
            memberships = self.client.get(f"{path}/memberships")["items"]
            self.same("memberships", volunteer.id, answers.memberships(volunteer, self.last), memberships)
            self.compare_account(volunteer.id, path)
            self.compare_as_of(volunteer, path, self.chance.choice(self.states))
            lots = [answers.lot(self.ledger, lot) for lot in reversed(self.ledger.lots_of_person(volunteer.id))]
            found = list(self.client.each(f"{path}/lots"))
            self.same("lots", f"{volunteer.id} how many", len(lots), len(found))
            for ours, theirs in zip(lots, found):
                self.same("lots", ours["id"], ours, theirs)
            self.compare_statement(volunteer.id, path)
            for state in [self.last, self.chance.choice(self.states)]:
                self.compare_star(volunteer.id, path, state)

    def compare_account(self, volunteer, path):
        ours = figures.account_of_volunteer(self.ledger, volunteer, now())
        theirs = self.client.get(f"{path}/account")
        self.same("accounts", f"{volunteer} minutes", ours["minutes"], theirs["minutes"])
        for evidence in theirs["minutes_by_grade"].keys() | ours["minutes_by_grade"].keys():
            minutes = theirs["minutes_by_grade"].get(evidence, "(nothing)")
            self.same("accounts", f"{volunteer} {evidence}", ours["minutes_by_grade"][evidence], minutes)
        if "self_declared" in theirs:
            self.same("accounts", f"{volunteer} self-declared", ours["self_declared"], theirs["self_declared"])
        points = theirs["points"]
        for name in ["available", "held", "debt"]:
            self.same("accounts", f"{volunteer} {name}", ours[name], points[name])
        end = ours["expiring_at"]
        expiring = None if end is None else {"points": ours["expiring_points"], "expires_at": instant(end)}
        self.same("accounts", f"{volunteer} expiring next", expiring, points["expiring_next"])

    def compare_as_of(self, volunteer, path, state):
        """Account and memberships of the past."""
        if state < volunteer.memberships[0].entry or not self.has("/v1/volunteers/{id}/account", "as_of"):
            return
        where = f"{volunteer.id} as of {state}"
        ours, theirs = figures.account_as_of(self.ledger, volunteer.id, state), self.client.get(f"{path}/account", as_of=state)
        for name, value in ours.items():
            if name in theirs or name not in LATER:
                self.same("accounts", f"{where} {name}", value, theirs[name])
        memberships = self.client.get(f"{path}/memberships", as_of=state)["items"]
        self.same("memberships", where, answers.memberships(volunteer, state), memberships)

    def compare_statement(self, volunteer, path):
        ours = figures.statement(self.ledger, volunteer)
        theirs = list(self.client.each(f"{path}/statement"))
        self.same("statements", f"{volunteer} entries", [entry.seq for entry, _ in ours], [entry["seq"] for entry in theirs])
        for (entry, lines), found in zip(ours, theirs):
            where = f"{volunteer} entry {entry.seq}"
            head = [entry.kind, instant(entry.recorded_at), entry.effective_date, entry.reverses]
            self.same("statements", where, head, [found[name] for name in ["kind", "recorded_at", "effective_date", "reverses"]])
            self.same("statements", f"{where} lines", [self.shown_line(line) for line in lines], found["lines"])

    def shown_line(self, line):
        account, amount, account_balance, asset_balance = line
        text = str if asset_of(account) == "minutes" else decimal
        amounts = {"amount": amount, "account_balance": account_balance, "asset_balance": asset_balance}
        return self.shown_account(account) | {name: text(value) for name, value in amounts.items()}

    def compare_star(self, volunteer, path, state):
        day = local_day(self.ledger.entries[state - 1].recorded_at)
        ours = figures.star(self.ledger, volunteer, state, day)
        status, theirs = self.client.ask("GET", f"{path}/star?as_of={state}")
        if ours is None:
            self.same("stars", f"{volunteer} as of {state}: no scheme", 404, status)
            return
        for name, value in ours.items():
            self.same("stars", f"{volunteer} as of {state} {name}", value, theirs.get(name, "(nothing)"))

    # Totals

    def compare_totals(self):
        for group_by in subsets(figures.DIMENSIONS):
            self.compare_minutes(self.last, group_by=group_by)
        for state in self.states:
            for group_by in [(), ("unit", "month", "grade"), ("programme", "grade"), ("activity",)]:
                self.compare_minutes(state, group_by=group_by)
            self.compare_minutes(state, group_by=("unit",), count_volunteers=True)
            self.compare_minutes(state, group_by=("programme", "month"), count_volunteers=True)
            self.compare_minutes(state, count_volunteers=True)
            self.compare_minutes(state, group_by=("grade",), **self.draw_days())
            self.compare_points(state)
            self.compare_records_as_of(state)
        for unit in self.ledger.units:
            state = self.chance.choice(self.states)
            for at in [self.last, state]:
                at = max(at, self.ledger.units[unit].seq)
                self.compare_minutes(at, group_by=("month", "grade"), unit=unit)
                self.compare_minutes(at, group_by=("programme",), unit=unit, count_volunteers=True)
                self.compare_minutes(at, unit=unit, **self.draw_days())
                self.compare_points(at, unit)
        self.compare_instants()

    def draw_days(self):
        """Days of service; sometimes whole months, which the service counts in another way."""
        days = sorted({record.service_date for record in self.ledger.records.values()})
        first, last = sorted(self.chance.choices(days, k=2))
        if self.chance.random() < 0.5:
            first, last = first.replace(day=1), (last.replace(day=1) + 32 * DAY).replace(day=1) - DAY
        return {"first": first, "last": last}

    def compare_minutes(self, as_of, group_by=(), unit=None, first=None, last=None, count_volunteers=False):
        asked = {
            "as_of": as_of, "group_by": ",".join(group_by) or None, "unit": unit, "from": first, "to": last,
            "count_volunteers": "true" if count_volunteers else None,
        }
        answer = self.client.get("/v1/totals/minutes", **asked)
        where = " ".join(f"{name}={value}" for name, value in asked.items() if value is not None)
        self.compare_state(where, as_of, answer)
        ours = figures.minutes_totals(self.ledger, as_of, group_by, unit, first, last, count_volunteers)
        theirs = {tuple(total.pop(name) for name in group_by): total for total in answer["items"]}
        self.compare_groups("totals of minutes", where, ours, theirs)

    def compare_records_as_of(self, state):
        """The lists that stand behind totals."""
        counting = [record.id for record in self.ledger.records.values() if record.counts_as_of(state)]
        listed = [record["id"] for record in self.client.each("/v1/service-records", counted_as_of=state)]
        self.same("records", f"which count as of {state}", sorted(counting), sorted(listed))

    def compare_points(self, as_of, unit=None):
        answer = self.client.get("/v1/totals/points", as_of=as_of, unit=unit)
        where = f"as_of={as_of} unit={unit}"
        self.compare_state(where, as_of, answer)
        ours = figures.points_totals(self.ledger, as_of, unit)
        self.compare_groups("totals of points", where, ours, {total.pop("unit"): total for total in answer["items"]})

    def compare_state(self, where, as_of, answer):
        self.same("roots", f"{where} as of", as_of, answer["as_of"])
        self.same("roots", f"{where} root", self.root_at(as_of), answer["root"])

    def compare_groups(self, kind, where, ours, theirs):
        self.same(kind, f"{where}: which", sorted(map(str, ours)), sorted(map(str, theirs)))
        for group in ours.keys() & theirs.keys():
            for name, value in ours[group].items():
                if name in LATER and name not in theirs[group]:
                    continue
                self.same(kind, f"{where} {group} {name}", value, theirs[group].get(name, "(nothing)"))

    def compare_instants(self):
        """An instant stands for the last entry that was recorded by then."""
        for state in self.states[1:]:
            at = self.ledger.entries[state - 1].recorded_at
            last = max(entry.seq for entry in self.ledger.entries[state - 1 :] if entry.recorded_at == at)
            if last < self.last:
                answer = self.client.get("/v1/totals/minutes", as_of=instant(at))
                self.same("roots", f"as of {instant(at)}", last, answer["as_of"])

    # Assessments

    def compare_assessments(self):
        for scheme in self.ledger.assessment_schemes.values():
            for unit, each in [(unit, each) for unit in self.ledger.units.values() for each in [None, "children"]]:
                for first, last in [self.whole_time(), self.draw_days().values()]:
                    state = self.chance.choice(self.states[:1] + [state for state in self.states if state >= unit.seq])
                    self.compare_assessment(scheme, unit, each, figures.Period(self.ledger, first, last, state))
        for unit in self.ledger.units.values():
            self.compare_members(unit, figures.Period(self.ledger, *self.whole_time(), self.last))

    def whole_time(self):
        days = {record.service_date for record in self.ledger.records.values()}
        return min(days), max(days)

    def compare_assessment(self, scheme, unit, each, period):
        asked = {"scheme": scheme["id"], "unit": unit.id, "each": each, "from": period.first, "to": period.last, "as_of": period.as_of}
        answer = self.client.get("/v1/assessments", **asked)
        found, where = answer["assessment"], " ".join(map(str, asked.values()))
        digest = hashlib.sha256(canonical(with_links_as_at_first(found))).hexdigest()
        self.same("assessments", f"{where} digest", digest, answer["digest"])
        children = [one for one in self.ledger.units.values() if one.parent == unit.id and one.seq <= period.as_of]
        assessed = sorted(children if each else [unit], key=lambda one: one.code)
        found_units = sorted(found["ranking"], key=lambda one: one["code"])
        self.same("assessments", f"{where} units", [one.id for one in assessed], [one["unit"] for one in found_units])
        scores = [self.compare_indicators(where, scheme, ours, theirs, period) for ours, theirs in zip(assessed, found_units)]
        for score, theirs in zip(scores, found_units):
            self.same("assessments", f"{where} {theirs['code']} score", decimal(score), theirs["score"])
            self.same("assessments", f"{where} {theirs['code']} rank", 1 + sum(other > score for other in scores), theirs["rank"])

    def compare_indicators(self, where, scheme, unit, theirs, period):
        """The unit's score. What stands beside the journal, who is a party member, is taken as it is said."""
        sum_of_scores = 0
        indicators = scheme["terms"]["indicators"]
        self.same("assessments", f"{where} {unit.code} indicators", [one["code"] for one in indicators], [one["code"] for one in theirs["indicators"]])
        for indicator, found in zip(indicators, theirs["indicators"]):
            at = f"{where} {unit.code} {indicator['code']}"
            numerator, denominator = figures.measure(self.ledger, unit.id, indicator["figure"], period)
            if numerator is None:
                numerator = found["numerator"]
            else:
                self.same("assessments", f"{at} numerator", numerator, found["numerator"])
            self.same("assessments", f"{at} denominator", denominator, found["denominator"])
            judged = figures.judge(indicator, numerator, denominator)
            for name, value in judged.items():
                self.same("assessments", f"{at} {name}", value, found[name])
            sum_of_scores += indicator["weight"] if judged["holds"] else 0
            self.compare_explanation(at, indicator["figure"]["kind"], numerator, found["explained_by"])
        return sum_of_scores

    def compare_explanation(self, where, kind, numerator, link):
        """The list that explains a figure has as many lines as the figure says; one in so many is asked for."""
        if kind not in EXPLAINED_BY_RECORDS or self.chance.random() > ASKED_EXPLANATIONS:
            return
        path, _, query = link.partition("?")
        records = list(self.client.each(path, **dict(urllib.parse.parse_qsl(query))))
        lines = len({record["activity"] for record in records}) if kind == "events_held" else len(records)
        self.same("explanations", f"{where} {link}", numerator, lines)

    def compare_members(self, unit, period):
        asked = {"unit": unit.id, "from": period.first, "to": period.last, "as_of": period.as_of}
        ours = figures.members(self.ledger, unit.id, period)
        theirs = {member.pop("volunteer"): member for member in self.client.each("/v1/assessments/members", **asked)}
        self.compare_groups("members", unit.code, ours, theirs)


def with_links_as_at_first(assessment):
    """Links stand in a digest as they did before they led to the very rows that are counted."""
    said = copy.deepcopy(assessment)
    for unit in said["ranking"]:
        for indicator in unit["indicators"]:
            link = indicator["explained_by"]
            indicator["explained_by"] = link.split("&counted=" if "/members?" in link else "&as_of=")[0]
    return said


def subsets(names):
    return [some for size in range(len(names) + 1) for some in itertools.combinations(names, size)]


def posting_account(posting):
    return posting["account"], *(posting[name] for name in ACCOUNTS[posting["account"]])


def amount_text(posting):
    minutes = asset_of(posting_account(posting)) == "minutes"
    return str(posting["amount"]) if minutes else decimal(posting["amount"])


def now():
    return time.time_ns() // 1000
