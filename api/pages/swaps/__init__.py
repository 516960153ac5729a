"""Swaps: offers, deals, and the coordinator's yes or no."""
