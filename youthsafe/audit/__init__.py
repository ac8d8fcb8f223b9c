"""The audit trail: who did what to which report, in a chain that shows tampering. It holds no names and no text."""
