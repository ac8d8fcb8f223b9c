#!/bin/sh
# Names the newest Python on this machine that is newer than the 3.11 of the environment; fails where there is none.
set -eu
for minor in 16 15 14 13 12; do
    for each in "python3.$minor" "$HOME/.pyenv/versions/3.$minor".*/bin/python3 "$HOME"/.local/share/uv/python/cpython-3.$minor*/bin/python3; do
        if "$each" -c "import ssl, sqlite3, sys; sys.exit(sys.version_info[:2] != (3, $minor))" >/dev/null 2>&1; then
            command -v "$each"
            exit 0
        fi
    done
done
echo "There is no Python newer than 3.11 here. Install one, or name it: make test-newest NEWEST=/path/to/python3" >&2
exit 1
