"""The engine: domain, reading, model, search, checking, writing.

It knows no law: whoever calls it hands it the rules (`scheduler.rule.Rule`).
It knows no web and no database. Nothing here imports `constraints` or `api`.
"""
