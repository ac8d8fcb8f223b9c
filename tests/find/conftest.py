"""The shipped pack, and a copy of it that a test may break."""

from tests.packs import change, folder, pack

__all__ = ["change", "folder", "pack"]
