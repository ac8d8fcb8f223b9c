"""Names of the staff: the one rule for them, whichever door they come in by, and the form in which they are compared.

A name has a letter or a digit, and nothing in it that cannot be seen; nobody could type that again at the sign-in. The
joiners of Persian and Indian scripts may stand between two of their letters, and count for nothing in a comparison.
"""

import re
import unicodedata
from typing import Final

from youthsafe.errors import InvalidInputError
from youthsafe.privacy.visible_text import can_be_seen, without_joiners

LONGEST: Final = 80
LONGEST_FOLDED: Final = 160
REFUSAL: Final = "A name has a letter or a digit, no sign that cannot be seen, and is not too long."
_SELECTORS = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # choose between looks of one sign


def fold(name: str) -> str:
    """Return a name in the one form that is compared: without case, width, joiners, outer and double spaces."""
    return " ".join(unicodedata.normalize("NFKC", without_joiners(name)).casefold().split())


def is_name(text: str) -> bool:
    """Tell whether somebody of the staff can have this name."""
    folded = fold(text)
    shown = can_be_seen(text) and without_joiners(text).isprintable() and not _SELECTORS.search(text)
    return shown and any(map(str.isalnum, folded)) and len(text) <= LONGEST and len(folded) <= LONGEST_FOLDED


def require_name(text: str) -> None:
    """Raise InvalidInputError, which names the field, for what is no name."""
    if not is_name(text):
        raise InvalidInputError(f"{REFUSAL} Nothing was saved.", fields={"name": [REFUSAL]})
