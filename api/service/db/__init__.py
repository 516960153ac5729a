"""The database: SQLite by default, PostgreSQL by one setting; nothing here knows a subject."""
