"""Stored scenarios and their comparisons."""
