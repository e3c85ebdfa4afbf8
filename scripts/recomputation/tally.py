"""Counts comparisons by kind, and keeps every difference."""
import collections

from .values import comparable

# Differences of one kind that are printed in full; the others are counted.
SHOWN = 20


class Tally:
    def __init__(self):
        self.compared = collections.Counter()
        self.differences = collections.defaultdict(list)

    def same(self, kind, where, ours, theirs):
        """Compares one figure; says whether both are the same."""
        self.compared[kind] += 1
        ours, theirs = comparable(ours), comparable(theirs)
        if type(ours) is type(theirs) and ours == theirs:
            return True
        self.differences[kind].append(f"{where}: recomputed {ours!r}, found {theirs!r}")
        return False

    def fault(self, kind, what):
        """Something that cannot be compared at all."""
        self.compared[kind] += 1
        self.differences[kind].append(what)

    def each(self, kind, where, ours, theirs):
        """Compares figure by figure what we have recomputed; what stands beside the journal is not looked at."""
        for name, value in ours.items():
            self.same(kind, f"{where} {name}", value, theirs.get(name, MISSING))

    @property
    def number_of_differences(self):
        return sum(map(len, self.differences.values()))

    def report(self):
        """Prints how many comparisons there were of each kind, and each difference."""
        for kind in sorted(self.compared):
            print(f"{self.compared[kind]:>9,} {kind}, {len(self.differences[kind])} differ")
        for kind, lines in sorted(self.differences.items()):
            for line in lines[:SHOWN]:
                print(f"DIFFERS {kind}: {line}")
            if len(lines) > SHOWN:
                print(f"DIFFERS {kind}: and {len(lines) - SHOWN} more")
        print(f"{sum(self.compared.values()):>9,} comparisons, {self.number_of_differences} differences", flush=True)


MISSING = "(nothing)"
