"""The ledger (vaktkonto): a book of balances that survives periods and years.

`entry` says what is written down, `digest` chains it, `book` reads balances off it, `closing`
settles a period, `posting` is what people do by hand, `audit` finds what was tampered with,
`overview` lays it out for reading. Entries are added and never changed; what is wrong is
reversed or corrected by a new one. The engine of the book knows no law.
"""
