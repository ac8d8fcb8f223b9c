"""The locks: exact, hashed, and naming no place to download from."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
NPM_LOCKS = [ROOT / folder / "package-lock.json" for folder in ("youthsafe/static/pwa", "bench/lighthouse")]
ADDRESS = re.compile(r"https?://|registry|index-url|find-links|files\.python", re.IGNORECASE)


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def pins(lock: Path) -> dict[str, set[str]]:
    """Return each package's locked versions; markers may choose between several."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9.-]+)(?:\[[a-z,]+\])?==(\S+)", lock.read_text(), re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_locked_package_is_exact_and_hashed(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text().strip())
    assert len(entries) > 5
    for entry in entries:
        assert "==" in entry.splitlines()[0]
        assert "--hash=sha256:" in entry


@pytest.mark.parametrize("lock", [*LOCKS, *NPM_LOCKS], ids=lambda lock: f"{lock.parent.name}/{lock.stem}")
def test_no_lock_names_an_address(lock: Path) -> None:
    lines = [line for line in lock.read_text().splitlines() if '"url": ' not in line]  # a package's page for donations
    assert not [line for line in lines if ADDRESS.search(line)]


@pytest.mark.parametrize("lock", NPM_LOCKS, ids=lambda lock: lock.parent.name)
def test_every_npm_package_is_exact_and_hashed(lock: Path) -> None:
    packages = json.loads(lock.read_text())["packages"]
    del packages[""]
    assert packages
    assert all(each["integrity"].startswith("sha512-") and "resolved" not in each for each in packages.values())


def test_the_locks_agree_with_each_other() -> None:
    everything = pins(ROOT / "requirements/test.txt")
    for name in ("server", "build"):
        for package, versions in pins(ROOT / f"requirements/{name}.txt").items():
            assert everything[package] == versions


def test_the_wheel_is_built_with_the_locked_tools() -> None:
    metadata = project()
    wanted = metadata["build-system"]["requires"]
    assert metadata["dependency-groups"]["build"] == [*wanted, "editables"]
    locked = pins(ROOT / "requirements/build.txt")
    assert all(locked[name] == {version} for name, version in (each.split("==") for each in wanted))
