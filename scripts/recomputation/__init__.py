"""Hourbook's figures, recomputed from an exported journal alone, and compared with what the service says.

Written from docs/ and from what each event says (src/domain/*/mod.rs); it shares no line with the service. Python's
standard library only. From the general to the particular:

    tally.py     counts comparisons by kind, and keeps every difference
    journal.py   reads an exported journal; rebuilds each entry's bytes, the chain and the tree
    ledger.py    the state that the entries make, one after the other
    events.py    one function a kind of event: what follows from it, and what it posts
    points.py    what service earns, and which lots pay
    releases.py  where held points go
    figures.py   totals, accounts, statements, stars and assessments, as of any entry
    answers.py   each thing as the service shows it
    comparison.py  asks the service for every figure
    values.py    ids, instants, days and amounts
"""
