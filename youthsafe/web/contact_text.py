"""Words that people here wrote about how to reach them: as plain text, with what can be tapped as links."""

import re
from collections.abc import Iterator
from typing import Final

from markupsafe import Markup, escape

_WAYS: Final = re.compile(
    r"(?P<mail>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<web>(?<![\w/@.-])(?:https://|www\.)[^\s<>\"'`]*[\w/])"
    r"|(?P<phone>(?<![\w+./-])(?:\+[1-9]|0)(?:[ -]?[0-9]){7,13}(?![\w-]))",
    re.ASCII,
)
_LINK: Final = Markup('<a href="{}"><bdi dir="ltr">{}</bdi></a>')
_LINK_ABROAD: Final = Markup('<a href="{}" rel="noreferrer"><bdi dir="ltr">{}</bdi></a>')


def contact_text(text: str) -> Markup:
    """Return escaped text with its line breaks, whose mail addresses, numbers and https addresses are links."""
    return Markup("<br>").join(Markup("").join(_parts(line)) for line in text.splitlines())


def _parts(line: str) -> Iterator[Markup]:
    end = 0
    for found in _WAYS.finditer(line):
        yield escape(line[end : found.start()])
        yield _link(str(found.lastgroup), found[0])
        end = found.end()
    yield escape(line[end:])


def _link(way: str, said: str) -> Markup:
    if way == "mail":
        return _LINK.format(f"mailto:{said}", said)
    if way == "phone":
        return _LINK.format(f"tel:{re.sub('[ -]', '', said)}", said)
    return _LINK_ABROAD.format(said if said.startswith("https://") else f"https://{said}", said)
