"""Logging in and out, the own password and language, and the first account of all."""
