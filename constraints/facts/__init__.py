"""Facts that several rules need: opening hours, independence, orders, shares.

Pure functions of the problem and the roster; no judgement, no model. Rules import facts,
never one another.
"""
