"""Every rate limit by name, in one table, and what happens when the store of the counts is down."""
