"""Answers about one roster that need no job: takers, swaps, rings, legality, receipts, burden."""
