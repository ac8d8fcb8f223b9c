"""What may be kept of a route's good answers, and where: by browsers, by the page cache, by the service worker."""

from dataclasses import dataclass
from enum import Enum
from typing import Final


class WorkerRule(Enum):
    """What the service worker does with an address; it knows them from a generated module of its own."""

    NEVER = "never"  # left to the network
    PACK = "pack"  # the kept copy first, renewed with the offline pack
    FRESH = "fresh"  # the network first, the kept copy without a signal
    OPENED = "opened"  # as FRESH, but kept only once somebody opened it


@dataclass(frozen=True, slots=True)
class Caching:
    """Cache-Control of good answers, and seconds in the server's page cache (None: not kept there)."""

    control: str
    page_seconds: float | None

    def on_server(self, seconds: float | None) -> "Caching":
        """Return the same for browsers, kept on the server for so many seconds."""
        return Caching(self.control, seconds)


FOREVER: Final = float("inf")  # until the process ends, as content changes with a release only

# Content changes with a release: five minutes without asking, then the old copy while a new one is fetched.
PAGE: Final = Caching("public, max-age=300, stale-while-revalidate=86400", FOREVER)
# Pages that show what people here write down, such as the number of a helpline, which may change at any moment: a
# minute for going back and forth, then asked for anew and rarely sent, and never an old copy.
WRITTEN_HERE: Final = Caching("public, max-age=60, must-revalidate", FOREVER)
# The forms name helplines too, and a child opens them again and again: five minutes without asking, never an old copy.
FORM: Final = Caching("public, max-age=300, must-revalidate", FOREVER)
# What changes while people look: a second holds back a crowd, and is too short to mislead anybody.
FRESH: Final = Caching("public, max-age=0, must-revalidate", 1.0)
# Always asked for, rarely sent: the worker itself, and the packs that it asks for.
REVALIDATED: Final = Caching("public, no-cache", FOREVER)
DAY: Final = Caching("public, max-age=86400", FOREVER)
WEEK: Final = Caching("public, max-age=604800", FOREVER)
# A page without content that only people with a sign-in use.
STAFF_SHELL: Final = Caching("private, no-cache", FOREVER)
NEVER: Final = Caching("no-store", None)
