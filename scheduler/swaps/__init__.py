"""Duties that change hands between doctors: who could take one, is a swap lawful, which rings.

Every verdict is the independent checkers' (`scheduler.changes.Stops`); nothing here builds a
model. What a change does to the ledger is read with the shares and the count of work that the
caller hands in, for the engine knows no law.
"""
