"""The report: tables in Markdown and curves as SVG, from files of results and nothing else.

`page` puts it together; one file a section. `python -m benchmarks report` writes it.
"""
