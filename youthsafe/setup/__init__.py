"""Setting an instance up: the link, the first coordinator, what keeps the form closed, recovery by the kit."""
