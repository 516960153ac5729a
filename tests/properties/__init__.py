"""Random small problems: encoder against checker, search against enumeration."""
