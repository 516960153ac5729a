"""The parts of a plan, one model for each list of the file.

English names in YAML and JSON; the bokmål titles are the columns of the workbook. Shape
only: what a plan means is judged by `meaning.to_problem`.
"""
