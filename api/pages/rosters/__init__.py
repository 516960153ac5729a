"""Rosters: list, grid, files."""
