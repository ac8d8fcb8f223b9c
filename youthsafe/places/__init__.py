"""STAFF: Safe Havens and helplines at the desk: what the public rooms show, looked after by people."""
