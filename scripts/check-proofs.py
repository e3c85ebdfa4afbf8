#!/usr/bin/env python3
"""Checks the roots and proofs of a running service with pymerkle, which others wrote.

    check-proofs.py URL TOKEN        the token of an admin, or of an auditor of the top unit

Reads the entries' bytes as the log hands them out, builds the tree anew, and compares the root at every size
from 0 to 1,000 and at the signed size, and a proof of inclusion at each. Then it spoils what it has compared
and demands that the spoilt is refused. Prints how many were compared.
"""
import base64, json, random, sys, urllib.request

from pymerkle import InmemoryTree, InvalidProof, verify_inclusion

URL, TOKEN = sys.argv[1:]


def get(path):
    request = urllib.request.Request(URL + path, headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def ask(path):
    return json.loads(get(path))


def tile_path(index):
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03}")
    return "/".join(groups)


def leaves(size):
    for first in range(0, size, 256):
        width = min(256, size - first)
        bundle = get(f"/log/tile/entries/{tile_path(first // 256)}" + (f".p/{width}" if width < 256 else ""))
        while bundle:
            length = int.from_bytes(bundle[:2], "big")
            yield bundle[2 : 2 + length]
            bundle = bundle[2 + length :]


def main():
    origin, size, root = get("/log/checkpoint").decode().split("\n")[:3]
    size, root = int(size), base64.b64decode(root)
    tree = InmemoryTree(algorithm="sha256")
    for leaf in leaves(size):
        tree.append_entry(leaf)
    assert tree.get_size() == size and tree.get_root() == root, "the signed root is not that of the entries"

    chance = random.Random(1)
    sizes = [*range(min(size, 1000) + 1), size]
    for at in sizes:
        answer = ask(f"/v1/journal/consistency?from_size={at}&to_size={size}")
        assert bytes.fromhex(answer["from"]["root"]) == tree.get_root(at), f"root at {at}"
        if at == 0:
            continue
        index = chance.randrange(at)
        proof = ask(f"/v1/journal/entries/{index + 1}/proof?size={at}")
        theirs = tree.prove_inclusion(index + 1, at)
        base, state = tree.get_leaf(index + 1), tree.get_root(at)
        assert bytes.fromhex(proof["leaf_hash"]) == base, f"leaf {index}"
        assert [base, *map(bytes.fromhex, proof["path"])] == theirs.path, f"proof of {index} in {at}"
        verify_inclusion(base, state, theirs)
        spoilt = bytes([base[0] ^ 1]) + base[1:]
        try:
            verify_inclusion(spoilt, state, theirs)
        except InvalidProof:
            continue
        sys.exit(f"a spoilt leaf was taken for {index} in {at}")
    print(f"{origin}: {len(sizes)} roots and {len(sizes) - 1} proofs are those of pymerkle, the largest tree of {size}")


main()
