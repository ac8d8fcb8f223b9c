"""Looks at the OpenAPI document as a second client's tools would: shapes, examples, defaults. Part of `make lint`."""

import json
import logging
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from hatch_build import BROWSER_HALF, node
from youthsafe.app import create_app
from youthsafe.config import Config
from youthsafe.web import openapi

REDOCLY = BROWSER_HALF / "node_modules/@redocly/cli/bin/cli.js"
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}  # it asks nobody and tells nobody


def main() -> None:
    """Write the document into a folder of its own and lint it; raises BuildError with what is wrong above it."""
    logging.disable(logging.ERROR)  # there is no database, which is as it should be
    os.environ.update(QUIET)
    with TemporaryDirectory(prefix="youthsafe-openapi-") as folder:
        config = Config(database_url=f"sqlite:///{folder}/none.db", server_secret=bytes(range(32)), testing=True)
        document = Path(folder, "openapi.json")
        document.write_text(json.dumps(openapi.document(create_app(config)), indent=1), encoding="utf-8")
        node(REDOCLY, "lint", str(document), "--config", str(BROWSER_HALF / "redocly.yaml"), "--format", "stylish")


if __name__ == "__main__":
    main()
