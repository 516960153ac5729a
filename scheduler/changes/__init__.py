"""A change of a finished roster: what it is, what forbids it, what it does to the objective.

`stops` asks the independent checkers which rule forbids a move, `trials` asks the model what it
costs. Whoever looks for moves (receipts, repair, swaps, explanations) builds on these; nothing
here searches or knows why somebody wants a change.
"""
