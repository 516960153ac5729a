"""Checks that the ordinary linters cannot state."""
