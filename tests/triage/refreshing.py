"""A process of its own in which several members look at a list again and again; says how its memory grew, in kB.

Run as `python -m tests.triage.refreshing DATABASE_URL MOMENT COOKIE…`.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from tests.conftest import SECRET
from youthsafe.accounts.authentication import COOKIE
from youthsafe.app import create_app
from youthsafe.config import Config

LOOKS = 5
ADDRESSES = ("/api/v1/staff/reports", "/api/v1/staff/reports?state=closed", "/api/v1/staff/junk")


def resident() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0])


def main() -> None:
    database_url, moment, *cookies = sys.argv[1:]
    now = datetime.fromisoformat(moment)
    app = create_app(Config(database_url=database_url, server_secret=SECRET, testing=True), clock=lambda: now)

    def look(cookie: str) -> None:
        client = app.test_client()
        client.set_cookie(COOKIE, cookie, path="/api/v1/staff")
        for address in ADDRESSES * LOOKS:
            assert client.get(address).status_code == 200

    client = app.test_client()
    client.set_cookie(COOKIE, cookies[0], path="/api/v1/staff")
    assert client.get("/api/v1/staff/key-ring").status_code == 200  # what a first request loads is no growth
    before = resident()
    with ThreadPoolExecutor(len(cookies)) as members:
        list(members.map(look, cookies))
    sys.stdout.write(str(resident() - before))


if __name__ == "__main__":
    main()
