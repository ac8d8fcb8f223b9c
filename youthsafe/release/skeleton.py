"""Pages about Safe Havens, and what people there wrote elsewhere: their words are the instance's own, their markup not.

They are read more strictly than any browser does, byte by byte: there is one way to write a tag, and no comment. So
nothing can be code for a browser and words for us.
"""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Final

_TAG: Final = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z][\w:-]*(?:=\"[^\"<>]*\")?)*)\s*/?>")
_VALUE: Final = re.compile(r"\s+([a-zA-Z][\w:-]*)(?:=\"([^\"<>]*)\")?")
_DOCTYPE: Final = "<!doctype html>"
# Only these may differ from the release, and never in what they run or load.
_PLAIN: Final = re.compile(
    "a|article|aside|bdi|br|button|circle|clipPath|d[dlt]|defs|desc|details|div|ellipse|em|fig(?:ure|caption)|footer|g|"
    "h[1-4r]|head|header|i|label|li|line|main|mask|nav|ol|p|path|pattern|polygon|polyline|rect|section|small|span|"
    "strong|summary|svg|symbol|text|time|title|tspan|ul|use"
)
_NEVER: Final = re.compile(
    "src|srcdoc|action|formaction|ping|style|content|background|http-equiv|integrity|nonce|is|on.*"
)
_LEADS: Final = re.compile(r"(?:geo:|tel:|mailto:|maps:|#|https://)[^\s]*")
_OWN: Final = re.compile(r"<div data-own>(.*?)</div>", re.DOTALL)


def tags(text: str) -> Iterator[str]:
    """Give every tag as it is written; what is not a tag written in our way comes as it stands."""
    for start in re.finditer("<", text):
        if text.startswith(_DOCTYPE, start.start()):
            continue
        found = _TAG.match(text, start.start())
        yield found[0] if found else text[start.start() : start.start() + 60]


def own_words(text: str) -> tuple[str, list[str]]:
    """Return a page, or a pack of them, without what people there wrote; and that, as it stands (web/parts.html)."""
    return _OWN.sub("<div data-own></div>", text), _OWN.findall(text)


def strange_tags(text: str, known: AbstractSet[str], linked: AbstractSet[str]) -> list[str]:
    """List the tags that could run or load what the release does not; `known` are those of its own pages of this room.

    `linked` are the paths that a link may lead to.
    """
    return [tag for tag in tags(text) if tag not in known and not _is_plain(tag, linked)]


def _is_plain(tag: str, linked: AbstractSet[str]) -> bool:
    if not (found := _TAG.fullmatch(tag)):
        return False
    if tag.startswith("</"):
        return not found[2]
    if found[1] == "meta":
        return bool(re.fullmatch(r'<meta name="description" content="[^"<>]*">', tag))
    return _PLAIN.fullmatch(found[1]) is not None and all(
        _is_harmless(name, value, linked) for name, value in _VALUE.findall(found[2])
    )


def _is_harmless(name: str, value: str, linked: AbstractSet[str]) -> bool:
    name = name.lower()
    if _NEVER.fullmatch(name):
        return False
    if name in {"href", "xlink:href"}:
        return bool(_LEADS.fullmatch(value)) or value.partition("#")[0] in linked
    return not (name.startswith("data-") and value.startswith(("/", "http:", "https:", "//", "\\")))
