"""Where readers find this site, for codes that are printed and addresses that are read out."""

from flask import request

from youthsafe.config import settings


def own_address() -> str | None:
    """Return scheme and host; none where the operator named none, because a stranger can name any in a request.

    A demonstration is at home wherever it is asked.
    """
    return settings().public_url or (request.host_url.rstrip("/") if settings().demo else None)
