"""What if: changes of a plan, named scenarios of them, and what their rosters may be told to mean.

A scenario is a base plan and a short list of typed changes. Here they are read, applied to the
written plan, put in words and compared. Nothing here knows a law, a rule by name or a door:
what a change means in the words of the rules is handed in (`terms`).
"""
