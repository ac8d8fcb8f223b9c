"""The content pack in memory: everything a borough says in its own words, read once at the start."""
