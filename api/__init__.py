"""The doors: command line today, HTTP and pages later.

They put engine and law together. Nothing below imports this package.
"""
