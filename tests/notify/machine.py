"""Another machine, as a process of its own: `machine.py DATABASE`. It delivers what is due when it is told to."""

import sys

from tests.elsewhere import SECRET, SMALL_PACK
from youthsafe.app import create_app
from youthsafe.clock import system_clock
from youthsafe.config import Config
from youthsafe.notify.delivery import deliver


def main(url: str) -> None:
    """Say when it begins; deliver once a line comes."""
    app = create_app(Config(database_url=url, server_secret=SECRET, content=SMALL_PACK, testing=True))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    with app.app_context():
        deliver(system_clock, sys.stdout.write)


if __name__ == "__main__":
    main(sys.argv[1])
