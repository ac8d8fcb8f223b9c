#!/bin/sh
# Writes the locks from pyproject.toml: exact versions with hashes, for every platform and Python from 3.11, and
# no addresses. Run from the project's root with uv on PATH, or name it: UV=path/to/uv requirements/lock.sh
set -eu
lock() {
    out=requirements/$1.txt
    shift
    "${UV:-uv}" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --output-file "$out" "$@"
}
lock server pyproject.toml --all-extras
lock build --group build --constraint requirements/server.txt
lock test pyproject.toml --all-extras --group build --group test --constraint requirements/build.txt
oldest=$(mktemp)
trap 'rm -f "$oldest"' EXIT
"${UV:-uv}" pip compile --quiet --python-version 3.11 --resolution lowest-direct --no-annotate --no-header \
    --output-file "$oldest" pyproject.toml --all-extras
lock oldest pyproject.toml --all-extras --group build --group test --constraint "$oldest"
lock audit --group audit --constraint requirements/test.txt
