"""What-if: changes, scenario files, comparisons and sweeps."""
