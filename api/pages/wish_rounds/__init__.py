"""Wish rounds as the coordinator sees them."""
