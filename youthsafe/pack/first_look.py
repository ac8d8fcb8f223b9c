"""first_look.yaml: words of faith and origin that the desk covers, and names that it does not. Of one language."""

from dataclasses import dataclass
from typing import Final

from youthsafe.pack.fields import Fields

FILE: Final = "first_look.yaml"


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What the desk covers until a level is chosen (`*` ends what may go on), and names that it leaves as they are."""

    covered: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


def parse_first_look(fields: Fields) -> FirstLook:
    """Read the file; a star stands only at the end of a word."""
    found = FirstLook(fields.texts("covered", required=False), fields.texts("shown", required=False))
    for word in found.covered:
        if "*" in word[:-1] or word == "*":
            fields.fault("covered", f"the star in “{word}” is not at its end", "let it end the word, such as musl*")
    fields.finish()
    return found
