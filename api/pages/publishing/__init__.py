"""Hearing, publication and archive of a roster."""
