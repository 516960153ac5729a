"""The fairness report in words and numbers, the same for the web page, the paper and the workbook.

`source` holds what a report is made of, `content` makes one frozen value of plain text from
it, and each other file puts one part into words. `charts` draws what `content` says.
"""
