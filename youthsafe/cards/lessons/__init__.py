"""Lessons: what a teacher shows to a class, parsed from the content pack and shown one slide at a time."""
