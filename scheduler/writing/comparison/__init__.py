"""Alternatives side by side: as words, charts, a workbook, JSON, and a memo for the council.

Pure functions of a `Comparison`, which the doors put together. What goes to the council names
no doctor and shows no group that is so small that one of it could be found.
"""
