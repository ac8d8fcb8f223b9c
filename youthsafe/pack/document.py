"""YAML and front matter, read with the line of every key so that a fault can name it."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from youthsafe.pack.english import mark_faults
from youthsafe.pack.faults import Fault

FENCE = "---"


class Section(dict[str, Any]):
    """A YAML mapping that knows its own line and the line of each key."""

    def __init__(self, line: int = 1) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}

    def line_of(self, key: str) -> int:
        """Return the line of a key, or of the section itself when the key is missing."""
        return self.lines.get(key, self.line)


class _Loader(yaml.CSafeLoader):
    """A safe loader that refuses duplicate keys and remembers lines."""

    def __init__(self, text: str, file: str, offset: int, faults: list[Fault]) -> None:
        super().__init__(text)
        self.file, self.offset, self.faults = file, offset, faults

    def line_of(self, node: yaml.Node) -> int:
        """Return a node's line in its file, counted from 1."""
        return int(node.start_mark.line) + 1 + self.offset

    def section(self, node: yaml.MappingNode) -> Section:
        """Build a mapping; a key that is there twice adds a fault."""
        section = Section(self.line_of(node))
        for key_node, value_node in node.value:
            self._add(section, key_node, value_node)
        return section

    def _add(self, section: Section, key_node: yaml.Node, value_node: yaml.Node) -> None:
        key, line = self.construct_object(key_node, deep=True), self.line_of(key_node)
        if not isinstance(key, str):
            self._fault(line, f"the key {key!r} is not text", "put quotes around it")
        elif key in section:
            self._fault(line, f"the key “{key}” is there twice", "keep one of the two")
        else:
            section[key] = self._value(value_node)
            section.lines[key] = line

    def _value(self, node: yaml.Node) -> Hashable | None:
        try:
            value: Hashable = self.construct_object(node, deep=True)
        except ValueError:
            self._fault(self.line_of(node), "this is not a real date", "write it as 2026-01-31")
            return None
        return value

    def _fault(self, line: int, what: str, fix: str) -> None:
        self.faults.append(Fault(self.file, line, what, fix))


_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.section)


def parse_section(text: str, file: str, faults: list[Fault], offset: int = 0) -> Section:
    """Parse YAML whose top is a mapping; adds to `faults` and returns what could be read."""
    loader = _Loader(text, file, offset, faults)
    try:
        data = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 + offset if error.problem_mark else 1 + offset
        faults.append(Fault(file, line, f"this is not YAML: {error.problem}", "check spaces, colons and quotes here"))
        return Section()
    if not isinstance(data, Section):
        faults.append(Fault(file, 1 + offset, "there are no “key: value” lines", "write the fields of docs/content.md"))
        return Section()
    return data


def read_text(path: Path, file: str, faults: list[Fault]) -> str | None:
    """Return a file's text (UTF-8), or None after adding a fault."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        yaml.reader.Reader(text)
    except FileNotFoundError:
        faults.append(Fault(file, 1, "the file is missing", "add it, or take it out of the place that names it"))
    except UnicodeDecodeError:
        faults.append(Fault(file, 1, "the file is not UTF-8", "save it again as UTF-8"))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        faults.append(Fault(file, line, "there is a control character here", "delete it"))
    else:
        faults += mark_faults(text, file)
        return text
    return None


def split_front_matter(text: str, file: str, faults: list[Fault]) -> tuple[Section, str, int]:
    """Split a Markdown file: front matter, body, and the number of lines before the body."""
    lines = text.split("\n")
    closing = next((number for number, line in enumerate(lines) if number and line.rstrip() == FENCE), None)
    if lines[0].rstrip() != FENCE or closing is None:
        faults.append(Fault(file, 1, "there is no front matter", "start with its fields between two lines of ---"))
        return Section(), text, 0
    section = parse_section("\n".join(lines[1:closing]) + "\n", file, faults, offset=1)
    return section, "\n".join(lines[closing + 1 :]), closing + 1
