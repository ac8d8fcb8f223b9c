"""Where the files are that are not Python: beside the package in a checkout, inside it in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def migrations_folder() -> Path:
    """Return the folder of Alembic's environment and versions."""
    return _either("migrations")


def project_settings() -> Path | None:
    """Return pyproject.toml; none in an installed wheel, where nobody writes a migration."""
    beside = migrations_folder().parent / "pyproject.toml"
    return beside if beside.is_file() else None


def translations_folder() -> Path:
    """Return the folder of compiled catalogues, <locale>/LC_MESSAGES/messages.mo."""
    return _either("translations")


def assets_folder() -> Path:
    """Return the folder of bundles with hashed names, and their manifest.json."""
    return _PACKAGE / "static" / "pwa" / "build"


def _either(name: str) -> Path:
    installed = _PACKAGE / f"_{name}"
    return installed if installed.is_dir() else _PACKAGE.parent / name
