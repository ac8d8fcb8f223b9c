"""One wheel installed from a clean copy of the sources, as `pip install .` does it on a stranger's machine."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILT_OR_PRIVATE = (".git", ".venv", "node_modules", "build", ".stamp", "var", "*.mo", "*_cache", "__pycache__")


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project without anything that was built."""
    copy = tmp_path_factory.mktemp("clean") / "youthsafe"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*BUILT_OR_PRIVATE))
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
