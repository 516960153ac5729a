"""Why: the smallest set of facts and rules in conflict, ways out, and why this doctor.

Everything that is told is proven by a solve of its own or by the checkers. What may be waived, and
what every rule says in words, is known by whoever asks; nothing here knows a paragraph.
"""
