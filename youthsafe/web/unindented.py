"""Templates are indented for whoever reads them; what a phone is sent is not."""

import re
from typing import Final

from jinja2.ext import Extension

_INDENT: Final = re.compile(r"^[ \t]+", re.MULTILINE)


class Unindented(Extension):
    """Takes away what stands before the first sign of each line."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source of a template as it is compiled."""
        return _INDENT.sub("", source)
