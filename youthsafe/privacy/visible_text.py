"""Text that people can see: a character that shows nothing makes two of what looks like one."""

import re
import unicodedata
from typing import Final

_UNSEEN: Final = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
_BLANK: Final = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # invisible letters of other Unicode categories
_JOINER: Final = re.compile("(?<=[\u0590-\u1fff])[\u200c\u200d](?=[\u0590-\u1fff])")


def can_be_seen(text: str) -> bool:
    """Tell whether every character of a text can be seen, but for joiners between the letters that need them."""
    return not any(unicodedata.category(each) in _UNSEEN or each in _BLANK for each in without_joiners(text))


def without_joiners(text: str) -> str:
    """Return a text without the joiners that Persian and Indian scripts need between two letters."""
    return _JOINER.sub("", text)
