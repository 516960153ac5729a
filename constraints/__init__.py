"""The law and the practice: one file holds one rule, and nothing else knows a paragraph.

`law` has citations and dated values, `wording` the bokmål of times and names, `bars` the
shape of rules that close a stretch of time, `catalogue` the list of all rules in the order
in which they are explained. Rule files never import one another and never `ortools`.
"""
