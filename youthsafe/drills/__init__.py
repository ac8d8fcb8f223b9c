"""Drills: a report that the website itself makes each staffed day, and what follows from when somebody opens it."""
