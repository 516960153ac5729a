"""The legality report in words and numbers, the same for the web page and the paper.

`content` makes one frozen value of plain text from a `LegalityReport`; the templates only
place it. Each file puts one part into words.
"""
