"""The rules: what each demands, where it stands, and what can be set."""
