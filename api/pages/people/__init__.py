"""Accounts of a cooperation."""
