"""Totals, accounts, statements, stars and assessments, as of any entry."""
import bisect, collections

from .ledger import asset_of, unit_of
from .points import in_force
from .values import day_of, decimal, end_of_day, month_of, ten_thousandths

FIRST_DAY, LAST_DAY = day_of("0001-01-01"), day_of("9999-12-31")
DIMENSIONS = ["unit", "programme", "activity", "month", "grade"]


# Minutes

def minutes_totals(ledger, as_of, group_by=(), unit=None, first=None, last=None, count_volunteers=False):
    """Totals of what counts as of an entry, by what they are grouped by; without any grouping, the one total."""
    groups = collections.defaultdict(list)
    for record in ledger.records.values():
        if counts_within(ledger, record, as_of, unit, first, last):
            groups[tuple(dimension_of(record, name) for name in group_by)].append(record)
    if not group_by:
        groups.setdefault((), [])
    return {group: total_of(ledger, records, count_volunteers and as_of) for group, records in groups.items()}


def counts_within(ledger, record, as_of, unit, first, last):
    return (
        record.counts_as_of(as_of) and (first or FIRST_DAY) <= record.service_date <= (last or LAST_DAY)
        and (unit is None or unit in ledger.units[record.unit].path)
    )


def dimension_of(record, name):
    if name == "month":
        return month_of(record.service_date)
    return getattr(record, "evidence" if name == "grade" else name)


def total_of(ledger, records, persons_as_of):
    total = {
        "credited_minutes": sum(record.credited_minutes for record in records),
        "occasions": sum(record.count for record in records), "records": len(records),
        "self_declared": sum(record.credited_minutes for record in records if record.is_self_declared()),
        "claimed": sum(record.credited_minutes for record in records if record.evidence == "claimed"),
    }
    if persons_as_of:
        total["volunteers"] = len({ledger.person_of(record.volunteer, persons_as_of) for record in records})
    return total


# Points

# The source of all points and what is owed stand negative in the books, and positive in totals.
POINTS_OF_A_UNIT = {
    "issued": -1, "available": 1, "held": 1, "redeemed": 1, "expired": 1, "debt": -1, "transferred": 1,
}


def points_totals(ledger, as_of, unit=None):
    """The points in each unit's books; units without any are left out."""
    books = collections.defaultdict(collections.Counter)
    for seq, account, amount in ledger.postings:
        of = unit_of(account)
        if seq <= as_of and of and (unit is None or unit in ledger.units[of].path):
            books[of][account[0]] += amount
    shown = lambda sums: {
        "transferred_out" if kind == "transferred" else kind: sign * sums[kind] for kind, sign in POINTS_OF_A_UNIT.items()
    }
    totals = {of: shown(sums) for of, sums in books.items() if any(sums.values())}
    return {of: {name: decimal(points) for name, points in total.items()} for of, total in totals.items()}


# A volunteer's account

def account_of_volunteer(ledger, volunteer, now):
    """Minutes by evidence, points, and what expires next after an instant."""
    minutes, points = collections.Counter(), collections.Counter()
    for _, account, amount in ledger.postings_of[volunteer]:
        if account[0] == "credited":
            minutes[account[2]] += amount
        else:
            points[account[0]] += amount
    lots = [lot for lot in ledger.lots_of_person(volunteer) if lot.remaining > 0 and lot.is_valid_at(now)]
    next_end = min((lot.expires_at for lot in lots if lot.expires_at), default=None)
    expiring = sum(lot.remaining for lot in lots if next_end and lot.expires_at == next_end)
    return {
        "minutes": sum(minutes.values()), "minutes_by_grade": minutes,
        "self_declared": self_declared(ledger, volunteer, len(ledger.entries)),
        "available": decimal(sum(lot.remaining for lot in lots)), "held": decimal(points["held"]),
        "debt": decimal(-points["debt"]), "expiring_points": decimal(expiring), "expiring_at": next_end,
    }


def self_declared(ledger, volunteer, as_of):
    """Minutes of check-ins that somebody declared and the service did not see."""
    counting = [record for record in ledger.records_of_person(volunteer, as_of) if record.counts_as_of(as_of)]
    return sum(record.credited_minutes for record in counting if record.is_self_declared())


def account_as_of(ledger, volunteer, as_of):
    """What the postings up to an entry come to; what expires next follows from lots, and is not told of the past."""
    sums = collections.Counter()
    for entry, account, amount in ledger.postings_of[volunteer]:
        if entry.seq <= as_of:
            sums["minutes" if account[0] == "credited" else account[0]] += amount
    points = {"available": decimal(sums["available"]), "held": decimal(sums["held"]), "debt": decimal(-sums["debt"])}
    declared = self_declared(ledger, volunteer, as_of)
    return {"minutes": sums["minutes"], "self_declared": declared, "points": points | {"expiring_next": None}}


def statement(ledger, volunteer):
    """Every entry that touched the volunteer's accounts, newest first, each line with the balances after it."""
    by_account, by_asset, entries = collections.Counter(), collections.Counter(), {}
    for entry, account, amount in ledger.postings_of[volunteer]:
        by_account[account[0]] += amount
        by_asset[asset_of(account)] += amount
        line = (account, amount, by_account[account[0]], by_asset[asset_of(account)])
        entries.setdefault(entry.seq, (entry, []))[1].append(line)
    return [entries[seq] for seq in sorted(entries, reverse=True)]


# Stars

def star(ledger, volunteer, as_of, day):
    """Where a volunteer stands by the scheme of a day; none where there is no scheme."""
    scheme = in_force((scheme for scheme in ledger.star_schemes.values() if scheme["seq"] <= as_of), day)
    if scheme is None:
        return None
    thresholds, counted, reached = scheme["terms"]["thresholds"], 0, []
    for service_date, minutes in sorted(counting_minutes(ledger, volunteer, as_of, scheme).items()):
        counted += minutes
        while len(reached) < len(thresholds) and thresholds[len(reached)] <= counted:
            reached.append(service_date)
    following = thresholds[len(reached)] if len(reached) < len(thresholds) else None
    return {
        "day": day, "scheme": scheme["id"], "star": len(reached), "counted_minutes": counted,
        "next_threshold_minutes": following, "missing_minutes": following - counted if following else None,
        "reached": [
            {"star": at, "threshold_minutes": threshold, "reached_on": on}
            for at, (threshold, on) in enumerate(zip(thresholds, reached), 1)
        ],
    }


def counting_minutes(ledger, volunteer, as_of, scheme, last=LAST_DAY):
    """Minutes of a life that count towards stars, by service date."""
    days = collections.Counter()
    for record in ledger.records_of_person(volunteer, as_of):
        if record.counts_as_of(as_of) and record.service_date <= last and record.evidence in scheme["terms"]["counting_grades"]:
            days[record.service_date] += record.credited_minutes
    return days


# Policies of units

def notice_policy(ledger, unit, longest=True):
    """Whose policy holds for a unit, and its working days: the longest of its own and those above, the nearest of
    equals; formerly the nearest."""
    said = [(days, above) for above in ledger.units[unit].path if (days := ledger.notice_policies.get(above)) is not None]
    if not said:
        return None, 0
    days, set_for = max(reversed(said), key=lambda one: one[0]) if longest else said[-1]
    return set_for, days


def one_person_minutes(ledger, unit):
    """Up to how many minutes one person alone credits, in a record and a month."""
    path = reversed(ledger.units[unit].path)
    said = (policy for above in path if (policy := ledger.crediting_policies.get(above)) is not None)
    return next(said, {"a_record": 0, "a_month": 0})


# Assessments

class Period:
    """Days that are measured, and the state of the ledger that they are measured in."""

    def __init__(self, ledger, first, last, as_of):
        self.first, self.last, self.as_of = first, last, as_of
        until = bisect.bisect_left(ledger.entries, end_of_day(last), key=lambda entry: entry.recorded_at)
        self.members_as_of = min(until, as_of)


def members(ledger, unit, period):
    """Who belongs to a unit or one under it at the end of the period: volunteer, own unit, minutes and records."""
    found = {}
    for volunteer in ledger.volunteers.values():
        home = home_as_of(volunteer, period.members_as_of)
        is_alias = ledger.person_of(volunteer.id, period.as_of) != volunteer.id
        if home and not is_alias and unit in ledger.units[home].path:
            served = [
                record for record in ledger.records_of_person(volunteer.id, period.as_of)
                if record.counts_as_of(period.as_of) and period.first <= record.service_date <= period.last
            ]
            minutes = sum(record.credited_minutes for record in served)
            found[volunteer.id] = {"unit": home, "credited_minutes": minutes, "records": len(served)}
    return found


def home_as_of(volunteer, seq):
    if volunteer.closed_entry is not None and volunteer.closed_entry <= seq:
        return None
    homes = [membership.unit for membership in volunteer.memberships if membership.entry <= seq]
    return homes[-1] if homes else None


def staff(ledger, unit, period):
    """People who work in a unit and those under it, and the party members among them, by the figures in force."""
    in_force_of = {}
    for count in sorted(ledger.headcounts, key=lambda count: (count.effective_from, count.seq)):
        if count.seq <= period.as_of and count.effective_from <= period.last and unit in ledger.units[count.unit].path:
            in_force_of[count.unit] = count
    counts = in_force_of.values()
    return sum(count.staff for count in counts), sum(count.party_members for count in counts)


def measure(ledger, unit, figure, period):
    """Numerator and denominator of a figure. The numerator of a party share is beside the journal, and none."""
    kind = figure["kind"]
    people = members(ledger, unit, period)
    if kind == "registration_rate":
        return len(people), staff(ledger, unit, period)[0]
    if kind == "active_rate":
        return sum(member["records"] > 0 for member in people.values()), len(people)
    if kind == "minutes_per_staff":
        return minutes_of(people), staff(ledger, unit, period)[0]
    if kind == "minutes_per_registered":
        return minutes_of(people), len(people)
    if kind == "party_share":
        return None, staff(ledger, unit, period)[1]
    if kind in ["star_share", "star_count"]:
        with_star = members_with_star(ledger, people, figure["star"], period)
        return (0, 0) if with_star is None else (with_star, len(people) if kind == "star_share" else 1)
    ever = [
        record for record in ledger.records.values()
        if record.credited_entry and record.credited_entry <= period.as_of
        and period.first <= record.service_date <= period.last and unit in ledger.units[record.unit].path
    ]
    counting = [record for record in ever if record.counts_as_of(period.as_of)]
    if kind == "timeliness":
        return sum(not record.late for record in counting), len(counting)
    if kind == "backfill_share":
        return sum(record.evidence == "backfill" for record in counting), len(counting)
    if kind == "voided_share":
        return len(ever) - len(counting), len(ever)
    if kind == "events_held":
        return len({record.activity for record in counting}), 1
    raise ValueError(f"no way to measure {kind!r}: add one to figures.py")


def minutes_of(people):
    return sum(member["credited_minutes"] for member in people.values())


def members_with_star(ledger, people, asked, period):
    """By the scheme of the period's last day, of their whole life up to it; none where nobody says what a star asks for."""
    scheme = in_force((scheme for scheme in ledger.star_schemes.values() if scheme["seq"] <= period.as_of), period.last)
    if scheme is None:
        return None
    thresholds = scheme["terms"]["thresholds"]
    if not 1 <= asked <= len(thresholds):
        return 0
    lives = (counting_minutes(ledger, person, period.as_of, scheme, period.last) for person in people)
    return sum(sum(life.values()) >= thresholds[asked - 1] for life in lives)


def judge(indicator, numerator, denominator):
    """The value rounded down, whether it holds, and what that gives; compared crosswise, without rounding."""
    value, bound = numerator * 10_000, indicator["threshold"] * denominator
    holds = denominator > 0 and (value >= bound if indicator["comparison"] == "at_least" else value <= bound)
    shown = ten_thousandths(value // denominator) if denominator else None
    return {"value": shown, "holds": holds, "score": decimal(indicator["weight"] if holds else 0)}
