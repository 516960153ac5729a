"""What the wall roster shows, as plain values: the grid of doctors and days, and the weeks.

Only the sizes of the paper and the roster decide how it is divided into pages.
"""
