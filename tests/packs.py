"""Fixtures: the shipped content pack, and a copy of it that a test may break."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from youthsafe.config import PACKAGED_CONTENT
from youthsafe.pack.pack import Pack, load

Change = Callable[[str, str, str], None]


@cache
def packaged() -> Pack:
    """The shipped pack, frozen and read once in a run, because reading five languages takes most of a second."""
    return load(PACKAGED_CONTENT)


@pytest.fixture(scope="session")
def pack() -> Pack:
    return packaged()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(PACKAGED_CONTENT, tmp_path / "pack")
    return tmp_path / "pack"


@pytest.fixture
def change(folder: Path) -> Change:
    """Replaces a text in one file of the copied pack; the text must be there."""

    def replace(file: str, old: str, new: str) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace
