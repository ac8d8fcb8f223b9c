"""An app that makes codes, and somebody who takes each code once."""

from dataclasses import dataclass
from datetime import UTC, datetime

from pyotp import TOTP

from tests.journeys.conftest import STRETCHING


@dataclass
class CodeApp:
    """The app on somebody's phone; whoever wants a third code within half a minute would have to wait for it."""

    secret: str
    _used: int = 0

    def code(self) -> str:
        """A code that the server takes: of the time now or half a minute before, and newer than the last one."""
        totp = TOTP(self.secret)
        newest = totp.timecode(datetime.now(UTC) + STRETCHING)
        self._used = max(newest - 1, self._used + 1)
        assert self._used <= newest, "a third code within half a minute"
        return totp.generate_otp(self._used)
