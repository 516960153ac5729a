"""Hearings: what doctors say of a roster before it is published."""
