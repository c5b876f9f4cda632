"""Keeping sessions: the journal, the TinyDB file, locks, backups, recovery, templates."""
