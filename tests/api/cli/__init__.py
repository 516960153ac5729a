"""Tests of the command line as a coordinator uses it."""
