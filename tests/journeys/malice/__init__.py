"""A server that lies: named attacks at every door, and what each person reads instead of being taken in."""
