"""Calendars that read the published rosters."""
