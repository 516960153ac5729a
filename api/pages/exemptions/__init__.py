"""Exemptions: what waits, claims, decisions."""
