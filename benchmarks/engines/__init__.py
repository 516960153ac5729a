"""Engines to be held against one another: our own, and what others would do with the same model.

Each takes a loaded instance and an `Effort` and gives a `Found`. The peers get the plain model
that our rules post, built by their own translation, so that only the search differs.
"""
