"""Wishes of a doctor while a round is open, and what became of them."""
