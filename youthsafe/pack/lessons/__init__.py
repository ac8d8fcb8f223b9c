"""Lessons of the content pack: what a teacher shows to a class, and what pupils take home."""
