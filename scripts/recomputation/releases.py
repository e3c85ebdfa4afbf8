"""Where held points go when their redemption is cancelled or expires."""
from .points import owing_lots, repay, total

# Lenders that one release goes back to: what is beyond stays with the voided lot.
MOST_RESTORED = 150


def release(ledger, entry, redemption, volunteer):
    """Each draw goes back into its lot, or lapses where the lot's validity has ended. What comes back into a voided lot
    settles what that lot owes, then goes on to the lots that gave for it. What is owed otherwise is settled last."""
    way = Way(ledger, volunteer.debt)
    for draw in redemption.draws:
        on = [draw]
        while on:
            draw = on.pop()
            lot = ledger.lots[draw["lot"]]
            if lot.voided:
                on += way.into_voided(lot, draw["points"])
            elif lot.is_valid_at(entry.recorded_at):
                way.parts["returned"].append(draw)
                way.free.append(draw)
            else:
                way.parts["lapsed"].append(draw)
    settled = settle_from(way.free, way.debt)
    owed = {lot: points - way.settled_of.get(lot, 0) for lot, points in owing_lots(ledger, volunteer.id).items()}
    way.parts["repaid"] += repay(owed, settled)
    way.parts["settled"] += settled
    return way.parts


class Way:
    def __init__(self, ledger, debt):
        self.ledger, self.debt = ledger, debt
        self.settled_of, self.given_back = {}, {}
        # What came back into lots and may yet settle what is owed otherwise.
        self.free = []
        self.parts = {"returned": [], "lapsed": [], "settled": [], "repaid": [], "restored": []}

    def into_voided(self, lot, points):
        """Settles what the lot owes; the draws that go on to its lenders."""
        own = min(points, lot.owed - self.settled_of.get(lot.id, 0), self.debt)
        self.settled_of[lot.id] = self.settled_of.get(lot.id, 0) + own
        self.debt -= own
        left, on = points - own, []
        for at, lent in enumerate(lot.lenders):
            part = min(left, lent["points"] - self.given_back.get((lot.id, at), 0))
            if part > 0 and len(self.parts["restored"]) < MOST_RESTORED:
                self.given_back[lot.id, at] = self.given_back.get((lot.id, at), 0) + part
                left -= part
                on.append({"lot": lent["lot"], "points": part})
                self.parts["restored"].append({"owing": lot.id, "lender": lent["lot"], "points": part})
        if own > 0:
            draw = {"lot": lot.id, "points": own}
            self.parts["returned"].append(draw)
            self.parts["settled"].append(draw)
            self.parts["repaid"].append({"owing": lot.id, "lender": lot.id, "points": own})
        if left > 0:
            # Of before it was kept which lots gave: it stays with the voided one, and pays what is owed.
            draw = {"lot": lot.id, "points": left}
            self.parts["returned"].append(draw)
            self.free.insert(0, draw)
        return on


def former_release(ledger, entry, redemption, volunteer):
    """Formerly what came back into voided lots stayed there, and settled what was owed before anything else."""
    lot_of = lambda draw: ledger.lots[draw["lot"]]
    voided = [draw for draw in redemption.draws if lot_of(draw).voided]
    others = [draw for draw in redemption.draws if not lot_of(draw).voided]
    valid = [draw for draw in others if lot_of(draw).is_valid_at(entry.recorded_at)]
    lapsed = [draw for draw in others if not lot_of(draw).is_valid_at(entry.recorded_at)]
    returned = voided + valid
    settled = settle_from(returned, volunteer.debt)
    return {"returned": returned, "lapsed": lapsed, "settled": settled, "repaid": [], "restored": []}


def settle_from(draws, owed):
    settled = []
    for draw in draws:
        points = min(draw["points"], owed - total(settled))
        if points > 0:
            settled.append({"lot": draw["lot"], "points": points})
    return settled


def apply(ledger, volunteer, release):
    """Carries a release into the lots."""
    for draw in release["returned"]:
        ledger.lots[draw["lot"]].remaining += draw["points"]
    for draw in release["lapsed"]:
        ledger.lots[draw["lot"]].lapsed += draw["points"]
    pay_debt(ledger, volunteer, release["settled"], release["repaid"])
    for repayment in release["restored"]:
        give_back(ledger.lots[repayment["owing"]], repayment)


def pay_debt(ledger, volunteer, settled, repaid):
    """Takes what is settled from the lots that pay, and off what the owing lots owe; lots of others are remembered."""
    for draw in settled:
        ledger.lots[draw["lot"]].remaining -= draw["points"]
    volunteer.debt -= total(settled)
    for repayment in repaid:
        owing = ledger.lots[repayment["owing"]]
        owing.owed -= repayment["points"]
        if repayment["lender"] != owing.id:
            owing.lenders.append({"lot": repayment["lender"], "points": repayment["points"]})


def give_back(owing, repayment):
    left = repayment["points"]
    for lent in owing.lenders:
        if lent["lot"] == repayment["lender"]:
            part = min(left, lent["points"])
            lent["points"] -= part
            left -= part
    owing.lenders = [lent for lent in owing.lenders if lent["points"] > 0]
