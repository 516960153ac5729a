"""What a roster is about: doctors, duties, exemptions, the problem, the roster, time.

Frozen values in UTC that check themselves. Imports the standard library and the
holiday calendar only; no file formats, no solver, no paragraphs of law.
"""
