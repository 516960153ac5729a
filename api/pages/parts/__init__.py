"""The parts of a plan as tables that are changed where they stand."""
