"""Markdown to HTML for cards and pages: no raw HTML, no pictures, only links that can be checked."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from posixpath import join, normpath
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from youthsafe.pack.english import MARKED, is_marked, plain
from youthsafe.pack.faults import Fault

_NUMBER = r"\+?(?<!\w)\d(?:[ .]?\d)*"
# In another script, Latin letters are English without a mark: a law's name, or what to say to the police.
_LATIN = r"(?<!\w)[A-Za-z][A-Za-z0-9’'-]*(?:[ ,.]+[A-Za-z0-9][A-Za-z0-9’'-]*)*"
_MARKED_OR_NUMBER = re.compile(f"({MARKED}|{_NUMBER})")
_ENGLISH_OR_NUMBER = re.compile(f"({MARKED}|{_LATIN}|{_NUMBER})")
_OTHER_SCRIPT = re.compile(r"[\u0600-\u06ff\u0b80-\u0bff]")  # Arabic, Tamil
_ABROAD = ("https://", "tel:", "sms:")
_CODE = ("fence", "code_block")
_BREAKS = ("softbreak", "hardbreak")
_TAG = re.compile(r"</?[A-Za-z][^>]*>|<!--")
_LEFT_OVER = re.compile(r"\*\*|\]\(|__")


@dataclass(frozen=True)
class Prose:
    """Markdown text. `file` and `offset` (lines before it) place a fault."""

    text: str
    file: str
    offset: int

    @cached_property
    def _blocks(self) -> list[Token]:
        """The text, read once for all that is asked of it: that is most of the time that a pack takes."""
        return _MARKDOWN.parse(self.text)

    @property
    def html(self) -> Markup:
        """The text as HTML; its numbers are isolated, so that they read rightly from right to left."""
        written = _MARKDOWN.renderer.render(self._blocks, _MARKDOWN.options, {})
        return Markup(written)  # noqa: S704 — raw HTML is off: every tag in it is ours

    def faults(self, address: str, known: Collection[str]) -> list[Fault]:
        """Return what cannot be shown. `address` is the page's, `known` every address below the locale."""
        found: list[Fault] = []
        for block in self._blocks:
            line = self.offset + (block.map[0] if block.map else 0) + 1
            if block.type in _CODE:
                found.append(Fault(self.file, line, "code cannot stand here", "take out the spaces, or the ``` above"))
            for token in block.children or ():
                line += token.type in _BREAKS
                if complaint := _complaint(token, address, known):
                    found.append(Fault(self.file, line, *complaint))
        return found

    def passages(self) -> list[str]:
        """Return the plain words of every heading, paragraph and list item."""
        inlines = [block for block in self._blocks if block.type == "inline"]
        return ["".join(_plain(token) for token in block.children or ()) for block in inlines]


def isolate_numbers(text: str) -> Markup:
    """Return escaped text whose numbers and English keep their direction, and whose English says that it is English."""
    parts = (_ENGLISH_OR_NUMBER if _OTHER_SCRIPT.search(plain(text)) else _MARKED_OR_NUMBER).split(text)
    return Markup("").join(_isolated(part) if place % 2 else part for place, part in enumerate(parts))


def _isolated(part: str) -> Markup:
    language = Markup(' lang="en"') if is_marked(part) or part[0].isalpha() else ""
    return Markup('<bdi dir="ltr"{}>{}</bdi>').format(language, plain(part))


def _complaint(token: Token, address: str, known: Collection[str]) -> tuple[str, str] | None:
    if token.type == "image":
        return "a picture cannot stand here", "say it in words"
    if token.type == "text" and (tag := _TAG.search(token.content)):
        return f"the HTML “{tag[0][:40]}” cannot stand here", "write it in Markdown, or take it out"
    if token.type == "text" and (sign := _LEFT_OVER.search(token.content)):
        return f"“{sign[0]}” opens or closes nothing", "write both ends, or take it out"
    if token.type == "link_open":
        return _link_complaint(str(token.attrGet("href")), address, known)
    return None


def _link_complaint(target: str, address: str, known: Collection[str]) -> tuple[str, str] | None:
    if target.startswith(_ABROAD):
        return None
    if ":" in target or target.startswith("/"):
        return f"the link “{target}” is of a kind not used here", "use https:, tel:, sms: or a path such as ../other/"
    path = target.partition("#")[0]
    if path and normpath(join(address, path)).rstrip("/") + "/" not in known:
        return f"the link “{target}” leads nowhere", f"write it as seen from {address}, with a / at its end"
    if path and not path.endswith("/"):
        return f"the link “{target}” does not end in /", "add the /"
    return None


def _plain(token: Token) -> str:
    return " " if token.type in _BREAKS else plain(token.content)


def _render_text(_renderer: Any, tokens: list[Token], index: int, _options: Any, _env: Any) -> str:
    return str(isolate_numbers(tokens[index].content))


def _render_link(renderer: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    if str(tokens[index].attrGet("href")).startswith("https://"):
        tokens[index].attrSet("rel", "noreferrer")
    return str(renderer.renderToken(tokens, index, options, env))


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False})
    markdown.add_render_rule("text", _render_text)
    markdown.add_render_rule("link_open", _render_link)
    return markdown


_MARKDOWN = _markdown()
