"""The rules of a plan: sources, values, own values."""
