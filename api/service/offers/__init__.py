"""Swaps between doctors: offered, agreed, approved, and judged again before they come true."""
