"""One wheel installed from a clean copy of the sources, as `pip install .` does it on a stranger's machine."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pathspec import GitIgnoreSpec

ROOT = Path(__file__).parents[2]
BUILT_OR_PRIVATE = GitIgnoreSpec.from_lines([".git", *(ROOT / ".gitignore").read_text().splitlines()])


def built_or_private(folder: str, names: list[str]) -> set[str]:
    """Return those names of a folder of the project that Git does not keep, as `shutil.copytree` asks for them."""
    paths = {name: Path(folder, name) for name in names}
    as_written = {
        name: f"{path.relative_to(ROOT).as_posix()}{'/' if path.is_dir() else ''}" for name, path in paths.items()
    }
    return {name for name, path in as_written.items() if BUILT_OR_PRIVATE.match_file(path)}


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project without anything that was built: what a new clone holds."""
    copy = tmp_path_factory.mktemp("clean") / "youthsafe"
    shutil.copytree(ROOT, copy, ignore=built_or_private)
    return copy


@pytest.fixture(scope="session")
def installed(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an empty environment after `pip install .`."""
    environment = tmp_path_factory.mktemp("installed") / "venv"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    subprocess.run([environment / "bin/pip", "install", "--quiet", "."], cwd=sources, check=True)
    shutil.rmtree(sources)
    return environment / "bin"


@pytest.fixture(scope="session")
def ask(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Evaluate an expression in the installed package, away from the checkout, and return it as text."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    def answer(expression: str) -> str:
        code = f"import youthsafe.resources as resources; print({expression})"
        command = [installed / "python", "-I", "-c", code]
        return subprocess.run(command, cwd=elsewhere, capture_output=True, text=True, check=True).stdout.strip()

    return answer
