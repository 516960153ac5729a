"""What all pages share: layout, macros, problems."""
