"""Runs the pinned npm in the browser half's folder: python -m scripts.npm test."""

import sys

from hatch_build import NPM, BuildError, node

if __name__ == "__main__":
    try:
        node(NPM, *sys.argv[1:])
    except BuildError:
        sys.exit(1)
