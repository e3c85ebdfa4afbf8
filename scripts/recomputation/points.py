"""What service earns, and which lots pay."""
from .values import add_months, day_of, end_of_day, id_of, instant, local_day

MOST_DRAWS = 300
# Lots that give for another one at a time.
MOST_LENDERS = 100


def in_force(versions, day):
    """The version that holds on a day: the latest to take effect, the newest among equals."""
    holding = [version for version in versions if version["effective_from"] <= day]
    return max(holding, key=lambda version: (version["effective_from"], version["seq"]), default=None)


# Of points before they are rounded, so many parts make a hundredth of a point.
PARTS_A_HUNDREDTH = 6000


def earned(ledger, terms, record, credited, formerly, declared_earns):
    """What service earns before any quota, in hundredths: of the record, or of the person's day, rounded down."""
    if not formerly and earns_nothing(record) and not (declared_earns and record.is_self_declared() and not record.late):
        return 0
    own = parts(ledger, terms, record, credited)
    if terms.get("rounding", "record") == "record":
        return own // PARTS_A_HUNDREDTH
    others = [
        other for other in ledger.records_of_person(record.volunteer)
        if other is not record and other.status == "credited" and other.service_date == record.service_date
        and (not earns_nothing(other) or earned_formerly(other))
    ]
    day = own + sum(parts(ledger, terms, other, other.credited_minutes) for other in others)
    brought = sum(ledger.lots[other.lot].points for other in others if other.lot)
    # Never more than its own, rounded up: what the others lacked for another reason stays lacking.
    return max(0, min(day // PARTS_A_HUNDREDTH - brought, -(-own // PARTS_A_HUNDREDTH)))


def earns_nothing(record):
    """Somebody's word that they were there, and what comes late, whatever a policy says."""
    return record.late or record.evidence == "claimed" or record.is_self_declared()


def earned_formerly(record):
    """Check-ins that nobody saw earned once; what they brought counts for their day."""
    return record.is_self_declared() and record.lot is not None and not record.late


def parts(ledger, terms, record, credited):
    if record.evidence not in terms["earning_grades"]:
        return 0
    of_hours = credited * terms["points_per_hour"] + record.count * terms["points_per_count"] * 60
    return of_hours * coefficient(ledger, terms, record.programme)


def coefficient(ledger, terms, programme):
    """In hundredths; a programme's own goes before its category's."""
    category = ledger.programmes[programme].details["category"]
    by_category = terms["category_coefficients"].get(category, 100)
    return terms["programme_coefficients"].get(programme, by_category)


def expires_at(terms, credited_at):
    validity = terms["validity"]
    if validity["kind"] == "unlimited":
        return None
    if validity["kind"] == "months":
        return end_of_day(add_months(local_day(credited_at), validity["months"]))
    return end_of_day(day_of(validity["date"]))


def award(ledger, entry, record, credited, formerly=False, declared_earns=False):
    """What crediting a record gives: none where nothing is earned. Formerly late service earned too, and service that
    was voided and is credited again a validity of its own; check-ins that nobody saw earned longer."""
    policy = in_force(ledger.policies.values(), record.service_date)
    if policy is None:
        return None
    terms, volunteer = policy["terms"], ledger.volunteers[record.volunteer]
    month = record.service_date.year * 100 + record.service_date.month
    points = earned(ledger, terms, record, credited, formerly, declared_earns)
    if terms["monthly_quota"] is not None:
        points = min(points, terms["monthly_quota"] - sum(ledger.earned_in[one, month] for one in ledger.numbers_of(volunteer.id)))
    until = expires_at(terms, entry.recorded_at)
    if not formerly and (before := validities_before(ledger, record)):
        until = min((end for end in before if end is not None), default=None)
    is_over = until is not None and until <= entry.recorded_at
    if not formerly and is_over:
        # What has lapsed since is not earned anew; it only takes back what its loss left owed.
        points = min(points, volunteer.debt)
    if points <= 0:
        return None
    settled = settle(ledger, entry, volunteer, 0 if formerly and is_over else points)
    return {
        "policy": policy["id"], "points": points, "issued_by": volunteer.unit, "service_month": month,
        "expires_at": instant(until), "settled": settled, "repaid": repay(owing_lots(ledger, volunteer.id), settled),
    }


def validities_before(ledger, record):
    """Until when points of the same service were valid that were credited and voided before."""
    voided = [other for other in ledger.records_of_person(record.volunteer) if other.status == "voided" and other.lot]
    return [ledger.lots[other.lot].expires_at for other in voided if is_like(other, record)]


def is_like(record, other):
    """Whether both say the same service: at one time, or at one activity on one day."""
    overlap = record.start < other.end and other.start < record.end
    return overlap or (record.activity == other.activity and record.service_date == other.service_date)


def settle(ledger, entry, volunteer, new):
    """What of a volunteer's lots goes to pay a debt, and of the new points of this entry."""
    if volunteer.debt <= 0:
        return []
    draws = draw_up_to(open_lots(ledger, volunteer.id), volunteer.debt, entry.recorded_at)[:MOST_LENDERS]
    rest = min(new, volunteer.debt - total(draws))
    if rest > 0:
        draws.append({"lot": id_of("lot", entry.seq), "points": rest})
    return draws


def owing_lots(ledger, volunteer):
    """Voided lots of which something was spent that is not earned back, the oldest first."""
    return {lot.id: lot.owed for lot in ledger.lots_of_person(volunteer) if lot.owed > 0}


def repay(owed, draws):
    """For which owing lots the draws pay, the oldest debt first."""
    owed, repayments = dict(owed), []
    for draw in draws:
        left = draw["points"]
        for owing in owed:
            points = min(left, owed[owing])
            if points > 0:
                repayments.append({"owing": owing, "lender": draw["lot"], "points": points})
                owed[owing] -= points
                left -= points
    return repayments


def open_lots(ledger, volunteer):
    """Lots with something left, first to expire first, then oldest."""
    lots = [lot for lot in ledger.lots_of_person(volunteer) if lot.remaining > 0]
    return sorted(lots, key=by_end)


def by_end(lot):
    return lot.expires_at is None, lot.expires_at or 0


def draw_up_to(lots, wanted, now):
    """Draws from valid lots, in their order."""
    draws = []
    for lot in lots:
        points = min(lot.remaining, wanted)
        if lot.is_valid_at(now) and points > 0:
            draws.append({"lot": lot.id, "points": points})
            wanted -= points
    return draws


def total(draws):
    return sum(draw["points"] for draw in draws)
