"""The state that the entries make, one after the other."""
import collections, dataclasses, datetime

from .values import local_day, seq_of

# What each account is named by, beside its kind; what stands in a unit's books names that unit.
ACCOUNTS = {
    "served": ["activity", "grade", "date"], "credited": ["volunteer", "grade"],
    "issued": ["unit"], "available": ["unit", "volunteer"], "held": ["unit", "volunteer"], "redeemed": ["unit"],
    "expired": ["unit"], "debt": ["unit", "volunteer"], "transferred": ["unit"],
}
MINUTE_ACCOUNTS = ["served", "credited"]


@dataclasses.dataclass
class Unit:
    id: str
    seq: int
    code: str
    name: str
    kind: str
    parent: str | None
    # From the top of the tree down to the unit itself.
    path: list


@dataclasses.dataclass
class Headcount:
    seq: int
    unit: str
    effective_from: datetime.date
    staff: int
    party_members: int


@dataclasses.dataclass
class Volunteer:
    id: str
    unit: str
    registered_at: int
    version: int
    memberships: list
    status: str = "active"
    closed_entry: int | None = None
    open_transfer: str | None = None
    open_redemptions: int = 0
    debt: int = 0
    # The change of identity that waits, and the entry that changed what certificates print last.
    identity_change: str | None = None
    identity_entry: int | None = None
    # The earlier number of the same person, and the later ones, each with the entry that merged it.
    merged_into: str | None = None
    merged_numbers: dict = dataclasses.field(default_factory=dict)
    # Every earlier number that it was an alias of, by the entry that made it one.
    aliases_since: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Membership:
    entry: int
    unit: str
    starts_at: int
    ends_at: int | None = None
    ended_entry: int | None = None

    def end(self, entry):
        self.ends_at, self.ended_entry = entry.recorded_at, entry.seq


@dataclasses.dataclass
class Programme:
    id: str
    unit: str
    details: dict
    version: int
    closed: bool = False


@dataclasses.dataclass
class Activity:
    id: str
    programme: str
    unit: str
    measure: str
    details: dict
    version: int
    cancelled: bool = False
    live_records: int = 0


@dataclasses.dataclass
class Record:
    id: str
    activity: str
    programme: str
    unit: str
    volunteer: str
    start: int
    end: int
    breaks: list
    evidence: str
    count: int
    claimed_minutes: int
    service_date: datetime.date
    late: bool
    record_by: str | None
    notice_ends_at: int | None
    submitted_by: str
    submitted_at: int
    status: str = "submitted"
    credited_minutes: int = 0
    deductions: list = dataclasses.field(default_factory=list)
    open_objections: int = 0
    decided_by: str | None = None
    decided_at: int | None = None
    credited_entry: int | None = None
    voided_by: str | None = None
    voided_at: int | None = None
    voided_entry: int | None = None
    lot: str | None = None
    confirmed_at: int | None = None
    credited_alone: bool = False

    def is_self_declared(self):
        """A check-in that somebody declared and the service did not see."""
        return self.evidence in ["scan", "geo"] and self.submitted_by != "system"

    def counts_as_of(self, seq):
        credited = self.credited_entry is not None and self.credited_entry <= seq
        return credited and (self.voided_entry is None or self.voided_entry > seq)


@dataclasses.dataclass
class Lot:
    id: str
    volunteer: str
    record: str
    policy: str
    issued_by: str
    service_month: int
    points: int
    remaining: int
    expires_at: int | None
    lapsed: int = 0
    voided: bool = False
    # Of a voided lot: what was spent of it and is not earned back yet, and what other lots gave for that, as draws.
    owed: int = 0
    lenders: list = dataclasses.field(default_factory=list)

    def is_valid_at(self, now):
        return self.expires_at is None or now < self.expires_at


@dataclasses.dataclass
class Reward:
    id: str
    unit: str
    name: str
    price: int
    hold_days: int
    available: int
    held: int = 0
    fulfilled: int = 0
    withdrawn: bool = False


@dataclasses.dataclass
class Redemption:
    id: str
    reward: str
    volunteer: str
    unit: str
    points: int
    draws: list
    placed_by: str
    placed_at: int
    expires_at: int
    status: str = "held"
    closed_by: str | None = None
    closed_at: int | None = None


class Follows:
    """What must follow from an event: its postings, its day, what it reverses."""

    def __init__(self, entry):
        self.amounts = collections.Counter()
        self.effective_date = local_day(entry.recorded_at).isoformat()
        self.reverses = None

    def transfer(self, source, target, amount):
        """Moves an amount from one account to another, across the books of two units where they differ."""
        self.amounts[source] -= amount
        self.amounts[target] += amount
        from_unit, to_unit = unit_of(source), unit_of(target)
        if from_unit and to_unit and from_unit != to_unit:
            self.amounts["transferred", from_unit] += amount
            self.amounts["transferred", to_unit] -= amount

    def lines(self):
        return {account: amount for account, amount in self.amounts.items() if amount != 0}


def account_of(posting):
    """An account as a tuple: its kind and what names it."""
    return posting["account"], *(posting[name] for name in ACCOUNTS[posting["account"]])


def unit_of(account):
    return account[1] if ACCOUNTS[account[0]][0] == "unit" else None


def volunteer_of(account):
    names = ACCOUNTS[account[0]]
    return account[1 + names.index("volunteer")] if "volunteer" in names else None


def asset_of(account):
    return "minutes" if account[0] in MINUTE_ACCOUNTS else "points"


class Ledger:
    def __init__(self, tally):
        self.tally = tally
        self.entries = []
        self.kinds = collections.Counter()
        # Things by id; those that need no figures are plain dictionaries, as the service shows them.
        self.units, self.volunteers, self.programmes, self.activities = {}, {}, {}, {}
        self.records, self.lots, self.rewards, self.redemptions, self.transfers = {}, {}, {}, {}, {}
        self.policies, self.star_schemes, self.assessment_schemes = {}, {}, {}
        self.objections, self.corrections, self.certificates = {}, {}, {}
        self.pledges, self.model_posts, self.trainings, self.honours, self.operators = {}, {}, {}, {}, {}
        self.ratings = {}
        self.headcounts, self.calendar, self.notice_policies, self.crediting_policies = [], {}, {}, {}
        self.identity_changes, self.merges, self.accesses = {}, {}, {}
        # Rules that were once others, and of which some entry shows that the present one holds.
        self.changed_rules = set()
        self.records_of, self.lots_of = collections.defaultdict(list), collections.defaultdict(list)
        # Points that a volunteer earned for service of a month, voided service apart.
        self.earned_in = collections.Counter()
        # Every posting as (entry, account, amount), and those of each volunteer.
        self.postings, self.postings_of = [], collections.defaultdict(list)
        self.balances = collections.Counter()

    def take(self, entry, event_rules):
        """Carries an entry into the state, and compares what it says with what must follow from it."""
        self.entries.append(entry)
        self.kinds[entry.kind] += 1
        self.post(entry)
        self.compare_balance(entry)
        rule = event_rules.get(entry.kind)
        if rule is None:
            self.tally.fault("events: kind known", f"entry {entry.seq}: no rule for {entry.kind!r}; add one to events.py")
            return
        follows, where = Follows(entry), f"entry {entry.seq} ({entry.kind})"
        try:
            rule(self, entry, entry.event, follows)
        except KeyError as absent:
            self.tally.fault("events: what they name is there", f"{where}: {absent}")
            return
        posted = {account_of(posting): posting["amount"] for posting in entry.postings}
        self.tally.same("events: postings that follow", where, show(follows.lines()), show(posted))
        self.tally.same("events: day", where, follows.effective_date, entry.effective_date)
        self.tally.same("events: what it reverses", where, follows.reverses, entry.reverses)

    def post(self, entry):
        for posting in entry.postings:
            account, amount = account_of(posting), posting["amount"]
            self.balances[account] += amount
            self.postings.append((entry.seq, account, amount))
            if volunteer := volunteer_of(account):
                self.postings_of[volunteer].append((entry, account, amount))

    def person_of(self, number, as_of=None):
        """The person's number, now or as of an entry: of those that it was merged into by then, the last."""
        since = {seq: earlier for seq, earlier in self.volunteers[number].aliases_since.items() if as_of is None or seq <= as_of}
        return since[max(since)] if since else number

    def numbers_of(self, number, as_of=None):
        """The numbers of a person, now or as of an entry; none of an alias."""
        if self.person_of(number, as_of) != number:
            return []
        merged = self.volunteers[number].merged_numbers.items()
        return [number, *(alias for alias, seq in merged if as_of is None or seq <= as_of)]

    def records_of_person(self, number, as_of=None):
        return [record for one in self.numbers_of(number, as_of) for record in self.records_of[one]]

    def lots_of_person(self, number):
        lots = [lot for one in self.numbers_of(number) for lot in self.lots_of[one]]
        return sorted(lots, key=lambda lot: seq_of(lot.id))

    def compare_balance(self, entry):
        """Postings sum to zero in each asset, points in each unit's books too."""
        sums = collections.Counter()
        for posting in entry.postings:
            account = account_of(posting)
            sums[asset_of(account), unit_of(account) or ""] += posting["amount"]
        accounts = [account_of(posting) for posting in entry.postings]
        self.tally.same("journal: one line an account", f"entry {entry.seq}", len(set(accounts)), len(accounts))
        for (asset, unit), amount in sums.items():
            self.tally.same("journal: balance of an entry", f"entry {entry.seq} {asset} {unit}", 0, amount)

    def decided(self, entry, what, ours, theirs):
        """Compares what an event says was decided with what the rules come to."""
        self.tally.same(f"events: {what}", f"entry {entry.seq}", ours, theirs)

    def decided_by_a_changed_rule(self, entry, what, ours, formerly, theirs):
        """The same for a rule that was once another: what only the present one explains dates its beginning, and the
        former holds for no entry after. What was decided by the rule that held."""
        is_former = what not in self.changed_rules and formerly == theirs
        self.decided(entry, what, formerly if is_former else ours, theirs)
        if ours == theirs and formerly != theirs:
            self.changed_rules.add(what)
        return formerly if is_former else ours


def show(lines):
    """Lines in one order, to be compared and printed."""
    return [[list(account), amount] for account, amount in sorted(lines.items())]
