"""What service earns, and which lots pay."""
from .values import add_months, day_of, end_of_day, id_of, instant, local_day

MOST_DRAWS = 300


def in_force(versions, day):
    """The version that holds on a day: the latest to take effect, the newest among equals."""
    holding = [version for version in versions if version["effective_from"] <= day]
    return max(holding, key=lambda version: (version["effective_from"], version["seq"]), default=None)


def points_for(ledger, terms, record, credited):
    """What service earns before any quota, in hundredths, rounded down."""
    if record.evidence not in terms["earning_grades"]:
        return 0
    factor = coefficient(ledger, terms, record.programme)
    by_hours = credited * terms["points_per_hour"] * factor // 6000
    by_count = record.count * terms["points_per_count"] * factor // 100
    return by_hours + by_count


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


def award(ledger, entry, record, credited):
    """What crediting a record gives: none where nothing is earned."""
    policy = in_force(ledger.policies.values(), record.service_date)
    if policy is None:
        return None
    terms, volunteer = policy["terms"], ledger.volunteers[record.volunteer]
    month = record.service_date.year * 100 + record.service_date.month
    points = points_for(ledger, terms, record, credited)
    if terms["monthly_quota"] is not None:
        points = min(points, terms["monthly_quota"] - ledger.earned_in[volunteer.id, month])
    if points <= 0:
        return None
    until = expires_at(terms, entry.recorded_at)
    return {
        "policy": policy["id"], "points": points, "issued_by": volunteer.unit, "service_month": month,
        "expires_at": instant(until), "settled": settle(ledger, entry, volunteer, points, until),
    }


def settle(ledger, entry, volunteer, points, until):
    """What of a volunteer's lots, that of this entry among them, goes to pay a debt."""
    if volunteer.debt <= 0:
        return []
    draws = draw_up_to(open_lots(ledger, volunteer.id), volunteer.debt, entry.recorded_at)
    rest = min(points, volunteer.debt - total(draws))
    if rest > 0 and (until is None or entry.recorded_at < until):
        draws.append({"lot": id_of("lot", entry.seq), "points": rest})
    return draws


def open_lots(ledger, volunteer):
    """Lots with something left, first to expire first, then oldest."""
    lots = [lot for lot in ledger.lots_of[volunteer] if lot.remaining > 0]
    return sorted(lots, key=lambda lot: (lot.expires_at is None, lot.expires_at or 0))


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
