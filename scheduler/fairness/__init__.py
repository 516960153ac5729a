"""Fair shares: what is shared out, by which weights, and what is each doctor's part.

`measures` says what counts as burden, `keys` how municipalities share first, `shares` what
each doctor owes, `closing` how a period is settled. All sums are exact fractions. The engine
knows no law: who can have what, and when a share is owed, is read from the rules handed in.
"""
