"""A pack that a test may break."""

from tests.packs import change, folder, pack

__all__ = ["change", "folder", "pack"]
