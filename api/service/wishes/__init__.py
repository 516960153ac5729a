"""Wish rounds: doctors say what they wish for until a deadline, then it goes into the plan."""
