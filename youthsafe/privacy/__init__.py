"""Coarse time and log scrubbing: pure functions, without Flask or a database."""
