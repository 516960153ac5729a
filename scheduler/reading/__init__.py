"""From a file, a workbook or a request to a `Problem`: shape first, then meaning.

Every fault is collected with its place, the value and what to do about it. `read.read_plan`
and `meaning.to_problem` are the ways in; `plan.Plan` is the format. No rule of law lives here.
"""
