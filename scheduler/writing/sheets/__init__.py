"""The sheets of `vaktplan.xlsx`, one file a kind of sheet.

Each `write` fills one sheet that `scheduler.writing.workbook` has added. `look` holds colours
and page set-up, `names` what sheets and shift patterns are called. Nothing here reads files.
"""
