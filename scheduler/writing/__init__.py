"""From a roster to what people read: JSON, csv, workbook, calendar feeds, frames, paper.

Pure functions of a timetable (and a report) that return text or bytes, the same for the same
input. No database, no files, no network, no law. Reasons of absences and exemptions
never leave through here.
"""
