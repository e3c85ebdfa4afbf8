#!/usr/bin/env python3
"""Checks an Hourbook audit folder with nothing but Python's standard library.

    verify_bundle.py FOLDER [KEY]... [--kept FILE]... [--allow-unsigned]

Recomputes, from the entries alone, the chain and the Merkle tree over them (RFC 9162), its root, and the
totals; checks that the signed tree begins with these entries, and its signature (Ed25519, RFC 8032). KEY is
the log's public key; without one the folder's own is taken. FILE is a checkpoint that you kept: the entries
must begin with it. Exits 0 if all is as the folder says, 1 if not; 3 if it is, but without a key of yours, or where
a checkpoint of yours is of more entries than the folder (0 then with --allow-unsigned).
"""
import argparse, base64, collections, hashlib, json, pathlib, sys


def demand(holds, what):
    if not holds:
        raise ValueError(what)


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def from_base64(text):
    data = base64.b64decode(text, validate=True)
    demand(base64.b64encode(data).decode() == text, "not in base64 as it is written")
    return data


def append(peaks, size, leaf):
    """Adds a leaf to the roots of the perfect subtrees, the largest first."""
    while size % 2:
        leaf, size = node_hash(peaks.pop(), leaf), size // 2
    peaks.append(leaf)


def root_of(peaks):
    if not peaks:
        return hashlib.sha256(b"").digest()
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def is_consistent(size, root, new_size, new_root, path):
    """RFC 9162, section 2.1.4.2."""
    if size == new_size:
        return not path and root == new_root
    if size == 0 or size > new_size:
        return size == 0 and not path and root == root_of([])
    path = ([root] if size & (size - 1) == 0 else []) + path
    node, last = size - 1, new_size - 1
    while node % 2:
        node, last = node >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if node % 2 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while node % 2 == 0 and node:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and old == root and new == new_root


# Ed25519 (RFC 8032, section 5.1).
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def point(y, sign):
    x_squared = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(x_squared, (P + 3) // 8, P)
    if (x * x - x_squared) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    demand(y < P and (x * x - x_squared) % P == 0 and not (x == 0 and sign), "checkpoint: no point of the curve")
    return (x if x % 2 == sign else P - x), y


def decode(data):
    number = int.from_bytes(data, "little")
    return point(number % 2**255, number >> 255)


def add(a, b):
    (x1, y1), (x2, y2) = a, b
    product = D * x1 * x2 * y1 * y2
    x = (x1 * y2 + x2 * y1) * pow(1 + product, -1, P)
    return x % P, (y1 * y2 + x1 * x2) * pow(1 - product, -1, P) % P


def times(number, base):
    total = (0, 1)
    while number:
        if number % 2:
            total = add(total, base)
        base, number = add(base, base), number >> 1
    return total


def is_signed(public, text, signature):
    factor = int.from_bytes(signature[32:], "little")
    digest = int.from_bytes(hashlib.sha512(signature[:32] + public + text).digest(), "little")
    base = point(4 * pow(5, -1, P) % P, 0)
    right = add(decode(signature[:32]), times(digest % ORDER, decode(public)))
    return len(signature) == 64 and factor < ORDER and times(factor, base) == right


def signed_tree(note, keys):
    """The size, root and log of a checkpoint (C2SP tlog-checkpoint) that one of the keys has signed."""
    text, signatures = note.split("\n\n", 1)
    origin, size, root = (text + "\n").split("\n")[:3]
    signers = 0
    for line in signatures.splitlines():
        dash, name, data = line.split(" ")
        data = from_base64(data)
        for key in keys:
            known_name, known_id, known = key.split("+", 2)
            known = from_base64(known)
            named = hashlib.sha256(known_name.encode() + b"\n" + known).digest()[:4]
            demand(known[:1] == b"\1" and named.hex() == known_id, "the key is not one of a log")
            if dash == "—" and name == known_name == origin and data[:4] == named:
                demand(is_signed(known[1:], (text + "\n").encode(), data[4:]), "checkpoint: forged")
                signers += 1
    demand(signers, "checkpoint: none of the keys has signed it")
    return int(size), from_base64(root), origin


def read_entries(lines, sizes):
    """What the entries come to, and the roots of the trees of these sizes."""
    peaks, last, size, roots = [], bytes(32), 0, {}
    parents, unit_of_activity, names = {}, {}, {}
    minutes, points = collections.Counter(), collections.Counter()
    for line in lines:
        if size in sizes:
            roots[size] = root_of(peaks)
        data, what = line[:-1], f"entry {size + 1}"
        demand(line.endswith(b"\n"), f"{what}: broken off")
        entry = json.loads(data)
        canonical = json.dumps(entry, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        demand(canonical.encode() == data, f"{what}: not in canonical form")
        demand(entry["seq"] == size + 1 and entry["previous"] == last.hex(), f"{what}: out of order")
        event, sums = entry["event"], collections.Counter()
        if event["kind"] == "unit_created":
            parents[size + 1] = event["parent"] and number(event["parent"])
            names[size + 1] = f"{event['code']} {event['name']}"
        if event["kind"] == "activity_created":
            unit_of_activity[size + 1] = event["unit"]
        credited = 0
        for posting in entry["postings"]:
            account, amount = posting["account"], posting["amount"]
            demand(type(amount) is int, f"{what}: an amount is no whole number")
            sums[account in ("served", "credited")] += amount
            if account == "served":
                credited -= amount
                unit = unit_of_activity[number(posting["activity"])]
                minutes[number(unit), unit, posting["date"][:7], posting["grade"]] -= amount
            elif account != "credited":
                points[number(posting["unit"]), posting["unit"], account] += amount
        demand(not any(sums.values()), f"{what}: does not balance")
        told = (event.get("crediting") or {}).get("credited_minutes", 0)
        demand(credited == told or event["kind"] == "record_voided", f"{what}: posts other minutes than it tells of")
        last = hashlib.sha256(b"\0" + data).digest()
        append(peaks, size, last)
        size += 1
    roots[size] = root_of(peaks)
    return size, roots, parents, names, minutes, points


def number(id):
    """The entry that made a thing, from the thing's id: its first 48 bits."""
    return int(id.replace("-", "")[:12], 16)


def check(folder, keys, kept):
    manifest = json.loads((folder / "manifest.json").read_bytes())
    keys = keys or manifest["verifiers"]
    kept = [(file, *signed_tree(pathlib.Path(file).read_bytes().decode(), keys)) for file in kept]
    with open(folder / "entries.ndjson", "rb") as lines:
        sizes = {size for _, size, _, _ in kept}
        size, roots, parents, names, minutes, points = read_entries(lines, sizes)
    root = roots[size]
    demand(manifest["tree"] == {"size": size, "root": root.hex()}, "the root is another")
    note = (folder / "checkpoint").read_bytes().decode()
    signed_size, signed_root, origin = signed_tree(note, keys)
    demand(manifest["signed"] == {"size": signed_size, "root": signed_root.hex()}, "another tree is signed")
    path = [bytes.fromhex(hash) for hash in manifest["consistency"]]
    demand(is_consistent(size, root, signed_size, signed_root, path), "the signed tree does not begin with these entries")

    roots[signed_size] = signed_root
    for file, kept_size, kept_root, _ in kept:
        demand(roots.get(kept_size, kept_root) == kept_root, f"{file}: signs another tree of {kept_size} entries")
    beyond = [(file, kept_size) for file, kept_size, _, _ in kept if kept_size not in roots]

    def is_within(unit):
        while unit and unit != number(manifest["unit"]):
            unit = parents[unit]
        return unit

    for file, header, sums in [
        ("minutes.csv", "unit,month,evidence,credited_minutes", minutes),
        ("points.csv", "unit,account,points_hundredths", points),
    ]:
        rows = [[*key[1:], sums[key]] for key in sorted(sums) if sums[key] and is_within(key[0])]
        table = "".join(f"{','.join(map(str, row))}\n" for row in [[header], *rows])
        demand((folder / file).read_bytes() == table.encode(), f"{file}: not what the entries come to")
    print(f"as it says: {size} entries, root {root.hex()}, in the signed tree of {signed_size}")
    print(f"proved of: unit {names[number(manifest['unit'])]} ({manifest['unit']}), log {origin}")
    return [f"{file}: is of {kept_size} entries, which the folder does not reach" for file, kept_size in beyond]


words = argparse.ArgumentParser()
words.add_argument("folder", type=pathlib.Path)
words.add_argument("keys", metavar="KEY", nargs="*")
words.add_argument("--kept", metavar="FILE", action="append", default=[])
words.add_argument("--allow-unsigned", action="store_true")
words = words.parse_args()
try:
    lacks = check(words.folder, words.keys, words.kept)
except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
    sys.exit(f"NOT as it says: {type(error).__name__}: {error}")
if words.keys:
    print("signed by a key that you gave")
else:
    lacks.append("a key that you trust: the folder's own shows only that it is whole")
if words.kept:
    print(f"{len(words.kept)} checkpoints that you kept were compared")
for lack in lacks:
    print(f"NOT PROVED without {lack}")
sys.exit(3 if lacks and not words.allow_unsigned else 0)
