"""Typed reading of one section: each field is asked for once, and what nobody asked for is a fault."""

from collections.abc import Collection
from datetime import date
from typing import Any

from youthsafe.pack.document import Section
from youthsafe.pack.faults import Fault


class Fields:
    """The fields of one section. A wrong field adds a fault and reads as an empty value."""

    def __init__(self, section: Section, file: str, faults: list[Fault]) -> None:
        self.section, self.file, self.faults = section, file, faults
        self._asked: set[str] = set()

    def fault(self, key: str, what: str, fix: str) -> None:
        """Add a fault at the line of a key."""
        self.faults.append(Fault(self.file, self.section.line_of(key), what, fix))

    def text(self, key: str) -> str:
        """Return a text that must be there."""
        value = self._required(key)
        return self._text(key, value) if value is not None else ""

    def optional_text(self, key: str) -> str | None:
        """Return a text, or None when it is missing or null."""
        value = self._take(key)
        return self._text(key, value) if value is not None else None

    def choice(self, key: str, choices: Collection[str]) -> str:
        """Return one of `choices`; the first of them after a fault."""
        value = self.text(key)
        if value in choices:
            return value
        if value:
            self.fault(key, f"“{key}” cannot be “{value}”", f"choose one of: {', '.join(choices)}")
        return next(iter(choices))

    def chosen(self, key: str, choices: Collection[str], *, otherwise: str) -> str:
        """Return one of `choices`, or `otherwise` when it is missing or null."""
        return self.choice(key, choices) if self.section.get(key) is not None else otherwise

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """Return a list of texts; it may only be empty when it is not required."""
        value = self._required(key) if required else self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.fault(key, f"“{key}” is not a list of texts", "write one “- text” a line, numbers in quotes")
            return ()
        if required and not value:
            self.fault(key, f"“{key}” is empty", "write at least one line")
        return tuple(item.strip() for item in value)

    def number(self, key: str) -> int | None:
        """Return a whole number of 0 or more, or None when it is missing or null."""
        value = self._take(key)
        if value is None or (type(value) is int and value >= 0):
            return value
        self.fault(key, f"“{key}” is not a whole number", "write it in digits, without quotes")
        return None

    def flag(self, key: str) -> bool:
        """Return true or false; false when it is missing or null."""
        value = self._take(key)
        if value is None or type(value) is bool:
            return bool(value)
        self.fault(key, f"“{key}” is not true or false", "write “true”, or delete the line")
        return False

    def day(self, key: str) -> date | None:
        """Return a date, or None when it is missing or null."""
        value = self._take(key)
        if value is None or type(value) is date:
            return value
        self.fault(key, f"“{key}” is not a date", "write it as 2026-01-31, without quotes")
        return None

    def inner(self, key: str) -> "Fields | None":
        """Return the fields of a nested section, or None when it is missing or null."""
        value = self._take(key)
        if value is None:
            return None
        if isinstance(value, Section):
            return Fields(value, self.file, self.faults)
        self.fault(key, f"“{key}” has no fields of its own", "write its fields below it, two spaces in")
        return None

    def required_inner(self, key: str) -> "Fields":
        """Return the fields of a nested section that must be there."""
        self._required(key)
        return self.inner(key) or Fields(Section(self.section.line_of(key)), self.file, [])

    def each(self, key: str) -> "list[Fields]":
        """Return the fields of every section in a list that must be there."""
        value = self._required(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, Section) for item in value):
            self.fault(key, f"“{key}” is not a list of sections", "start each one with “- id: …”")
            return []
        return [Fields(item, self.file, self.faults) for item in value]

    def skip(self, key: str) -> None:
        """Let a key stand unread."""
        self._asked.add(key)

    def finish(self) -> None:
        """Add a fault for every key that nobody asked for: it is most often a misspelling."""
        for key in self.section.keys() - self._asked:
            self.fault(key, f"there is no field “{key}” here", "check its spelling, or delete it")

    def _take(self, key: str) -> Any:
        self._asked.add(key)
        return self.section.get(key)

    def _required(self, key: str) -> Any:
        value = self._take(key)
        if value is None:
            self.fault(key, f"“{key}” is missing", f"add “{key}: …”")
        return value

    def _text(self, key: str, value: Any) -> str:
        if not isinstance(value, str):
            self.fault(key, f"“{key}” is not text", "put quotes around it")
            return ""
        if not value.strip():
            self.fault(key, f"“{key}” is empty", "write something, or delete the line")
        return value.strip()
