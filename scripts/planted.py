"""Plants differences, one by one, in an exported journal and in the database behind a service, and demands that
scripts/recompute notices each: a check that cannot fail checks nothing."""
import contextlib, json, pathlib, sqlite3, subprocess, sys

import support
from recomputation.journal import FIRST_PREVIOUS, seal, written

# What is changed of one row of a table behind the journal, and the kind of comparison that must notice it.
BEHIND_THE_JOURNAL = [
    ("balances", "balance = balance + 1", "account = 'credited' AND balance > 0", "service: accounts"),
    ("lots", "remaining = remaining - 1", "remaining > 0", "service: lots"),
    ("service_records", "credited_minutes = credited_minutes + 1", "status = 'credited'", "service: totals of minutes"),
    ("service_records", "status = 'submitted'", "status = 'rejected'", "service: records"),
    ("volunteers", "debt = debt + 1", "debt > 0", "service: volunteers"),
    ("rewards", "stock_available = stock_available + 1", "stock_held >= 0", "service: rewards"),
    ("postings", "amount = amount + 1", "account = 'available' AND amount > 0", "service: statements"),
    ("mark_minutes", "credited_minutes = credited_minutes + 1", "credited_minutes > 0", "service: totals of minutes"),
    ("mark_points", "amount = amount - 1", "amount > 0", "service: totals of points"),
    ("memberships", "starts_at = starts_at + 60000000", "ends_at IS NULL", "service: memberships"),
]


def must_be_noticed(journal, service, token, database):
    compare = ["--compare", service.url, "--token-file", token]
    forged = pathlib.Path(journal).with_name("forged.ndjson")
    for name, forge, options, kind in forgeries(compare):
        lines = [json.loads(line) for line in pathlib.Path(journal).open()]
        forged.write_bytes(b"".join(written(line) + b"\n" for line in forge(lines)))
        notice(f"journal: {name}", kind, forged, options)
    for table, change, which, kind in BEHIND_THE_JOURNAL:
        with changed_behind_the_journal(database, table, change, which):
            notice(f"database: {table}, {change}", kind, journal, compare)
    code, said = run(journal, compare)
    support.check("nothing is noticed once all is as it was", code == 0, said.splitlines()[-2].strip())


def notice(planted, kind, journal, options):
    code, said = run(journal, options)
    found = [line for line in said.splitlines() if line.startswith(f"DIFFERS {kind}: ")]
    support.check(f"{planted}: noticed", code == 1 and found, found[0][:160] if found else said[-600:])


def run(journal, options):
    command = [sys.executable, support.ROOT / "scripts/recompute", journal, *options]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def forgeries(compare):
    """What a forger does to the entries, whether the service is asked, and who must notice."""
    return [
        ("a credited minute more", minute_more, [], "journal: chain"),
        ("the same, sealed anew", lambda lines: sealed(minute_more(lines)), [], "events: credited minutes"),
        ("the same, and the service asked", lambda lines: sealed(minute_more(lines)), compare, "service: roots"),
        ("an hour posted that the event does not say", lambda lines: sealed(hour_posted(lines)), [], "events: postings that follow"),
        ("a posting that leaves its entry unbalanced", lambda lines: sealed(unbalanced(lines)), [], "journal: balance of an entry"),
        ("points that the policy does not give", lambda lines: sealed(point_more(lines)), [], "events: points earned"),
        ("a debt forgiven", lambda lines: sealed(debt_forgiven(lines)), [], "events: points owed"),
        ("an entry left out", lambda lines: sealed(lines[:-9] + lines[-8:]), [], "journal: place"),
        ("the last entries cut off", lambda lines: lines[:-9], compare, "service: roots"),
        ("a kind of event that nobody knows", lambda lines: sealed(unknown_kind(lines)), [], "events: kind known"),
        ("no entry at all", lambda lines: [], compare, "journal: place"),
    ]


def minute_more(lines):
    first(lines, "record_credited")["event"]["crediting"]["credited_minutes"] += 1
    return lines


def hour_posted(lines):
    for posting in first(lines, "record_credited")["postings"]:
        if posting["account"] in ["served", "credited"]:
            posting["amount"] += 60 if posting["amount"] > 0 else -60
    return lines


def unbalanced(lines):
    first(lines, "record_credited")["postings"][0]["amount"] += 1
    return lines


def point_more(lines):
    """In the event and in its postings, so that both agree."""
    earning = lambda line: line["event"]["crediting"]["award"] and not line["event"]["crediting"]["award"]["settled"]
    entry = first(lines, "record_credited", earning)
    entry["event"]["crediting"]["award"]["points"] += 100
    for posting in entry["postings"]:
        if posting["account"] in ["issued", "available"]:
            posting["amount"] += 100 if posting["amount"] > 0 else -100
    return lines


def debt_forgiven(lines):
    first(lines, "record_voided", lambda line: line["event"]["owed"] > 0)["event"]["owed"] = 0
    return lines


def unknown_kind(lines):
    first(lines, "headcount_set")["event"]["kind"] = "headcount_dreamt"
    return lines


def first(lines, kind, fits=lambda line: True):
    return next(line for line in lines if line["event"]["kind"] == kind and fits(line))


def sealed(lines):
    """With the hashes that follow from what the entries say now."""
    previous = FIRST_PREVIOUS
    for line in lines:
        previous = seal(line, previous)
    return lines


@contextlib.contextmanager
def changed_behind_the_journal(database, table, change, which):
    """One row is changed, with the triggers that forbid it dropped; afterwards all is as it was."""
    connection = sqlite3.connect(database, timeout=30, isolation_level=None)
    connection.row_factory = sqlite3.Row
    with contextlib.closing(connection):
        row = connection.execute(f"SELECT * FROM {table} WHERE {which} ORDER BY 1 DESC LIMIT 1").fetchone()
        support.check(f"a row of {table} to be changed", row is not None, which)
        keys = [of["name"] for of in connection.execute(f"PRAGMA table_info({table})") if of["pk"]]
        this_row = " AND ".join(f"{key} = ?" for key in keys)
        names_of_row, column = [row[key] for key in keys], change.split(" = ")[0]
        without_triggers(connection, f"UPDATE {table} SET {change} WHERE {this_row}", names_of_row)
        try:
            yield
        finally:
            restore = f"UPDATE {table} SET {column} = ? WHERE {this_row}"
            without_triggers(connection, restore, [row[column], *names_of_row])


def without_triggers(connection, statement, values):
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.execute("BEGIN IMMEDIATE")
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(statement, values)
    for _, sql in triggers:
        connection.execute(sql)
    connection.execute("COMMIT")
