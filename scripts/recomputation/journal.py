"""An exported journal: its entries, their bytes as they are hashed, the chain and the tree."""
import dataclasses, hashlib, json

from .values import micros_of

FIRST_PREVIOUS = "0" * 64
# Of a line that `hourbook export journal` writes, what is not hashed as it stands there.
NOT_HASHED = {"kind", "hash"}


@dataclasses.dataclass
class Entry:
    seq: int
    recorded_at: int
    actor: str
    effective_date: str
    reverses: int | None
    kind: str
    event: dict
    postings: list
    # As exported: the leaf hash that the service keeps; none in a folder of canonical bytes.
    hash: str | None
    # As recomputed.
    leaf: bytes = b""


def read(path, tally):
    """The entries of an NDJSON export or of an audit folder's entries.ndjson, each sealed onto the one before."""
    entries, previous = [], FIRST_PREVIOUS
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            said = json.loads(line, parse_float=refuse)
            entry = entry_of(said)
            entry.leaf = leaf_hash(canonical(body_of(said, previous)))
            tally.same("journal: place", f"entry {entry.seq}", len(entries) + 1, entry.seq)
            if entries:
                tally.same("journal: order of time", f"entry {entry.seq}", True, entries[-1].recorded_at <= entry.recorded_at)
            if entry.hash is not None:
                tally.same("journal: leaf hash", f"entry {entry.seq}", entry.leaf.hex(), entry.hash)
            if "previous" in said:
                tally.same("journal: chain", f"entry {entry.seq}", previous, said["previous"])
                tally.same("journal: bytes", f"entry {entry.seq}", canonical(said), line.rstrip("\n").encode())
            entries.append(entry)
            previous = entry.leaf.hex()
    return entries


def written(said):
    """An entry as a line of the file that it came from."""
    return canonical(said) if "previous" in said else json.dumps(said, ensure_ascii=False).encode()


def seal(said, previous):
    """Seals an entry onto another, as a forger would; its own hash."""
    if "previous" in said:
        said["previous"] = previous
    own = leaf_hash(canonical(body_of(said, previous))).hex()
    if "hash" in said:
        said["hash"] = own
    return own


def entry_of(said):
    return Entry(
        said["seq"], micros_of(said["recorded_at"]), said["actor"], said["effective_date"], said["reverses"],
        said["event"]["kind"], said["event"], said["postings"], said.get("hash"),
    )


def body_of(said, previous):
    """The members that are hashed. Sixteen random bytes make an entry one of format 2."""
    body = {name: value for name, value in said.items() if name not in NOT_HASHED}
    body["previous"] = previous
    body.setdefault("format", 2 if "nonce" in body else 1)
    return body


def refuse(number):
    raise ValueError(f"no figure of the journal has a fraction: {number}")


def canonical(value):
    """RFC 8785. Nothing in the journal is a fraction, so that only the order of members and the form of texts matter."""
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
        return b"{" + b",".join(canonical(name) + b":" + canonical(inner) for name, inner in members) + b"}"
    if isinstance(value, list):
        return b"[" + b",".join(map(canonical, value)) + b"]"
    return json.dumps(value, ensure_ascii=False).encode()


def leaf_hash(data):
    return hashlib.sha256(b"\0" + data).digest()


def root(leaves):
    """The root of the tree over these leaves (RFC 9162, section 2.1.1)."""
    edge = []
    for count, leaf in enumerate(leaves, 1):
        edge.append(leaf)
        while count % 2 == 0:
            right = edge.pop()
            edge.append(hashlib.sha256(b"\1" + edge.pop() + right).digest())
            count //= 2
    if not edge:
        return hashlib.sha256().hexdigest()
    top = edge.pop()
    while edge:
        top = hashlib.sha256(b"\1" + edge.pop() + top).digest()
    return top.hex()
