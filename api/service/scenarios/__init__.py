"""What-if scenarios of a plan, stored and shared."""
