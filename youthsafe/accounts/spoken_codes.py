"""Codes that somebody writes down or says: ten letters and digits, 50 random bits, none that looks like another."""

import hashlib
import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 10


def new_code() -> str:
    """Return a code as it is compared, without the dash that people are shown."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """Return a code as people read it: two groups of five."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def digest(purpose: str, member_id: bytes, code: str) -> bytes:
    """Return what is kept of a member's code, encrypted: with 50 bits, whatever is not could be guessed."""
    return hashlib.sha256(f"youthsafe/at-rest {purpose}\0".encode() + member_id + code.encode()).digest()
