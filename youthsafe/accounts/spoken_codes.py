"""Codes that somebody writes down or says: ten letters and digits, 50 random bits, none that looks like another."""

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 10


def new_code() -> str:
    """Return a code as it is compared, without the dash that people are shown."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """Return a code as people read it: two groups of five."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"
