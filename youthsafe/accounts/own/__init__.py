"""A member's own account: words, second factors, recovery codes, sessions, address of mail."""
