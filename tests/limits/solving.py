"""Doing the work that a challenge asks for, as a browser does."""

from collections.abc import Mapping

import altcha


def solved(challenge: Mapping[str, object]) -> str:
    """Return what goes into the header."""
    read = altcha.Challenge.from_dict(dict(challenge))
    solution = altcha.solve_challenge(read)
    assert solution is not None
    return str(altcha.Payload(read, solution).to_base64())
