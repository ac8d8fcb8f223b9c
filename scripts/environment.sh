#!/bin/sh
# Makes .venv with a Python of 3.11 or later, or says the one line to type.
set -eu
python=${PYTHON:-python3}
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "YouthSafe needs Python 3.11 or later. Name one: make run PYTHON=python3.11" >&2
    exit 1
fi
if ! "$python" -m venv .venv >/dev/null 2>&1; then
    rm -rf .venv
    echo "Python cannot make a virtual environment here. Type: sudo apt-get install python3-venv" >&2
    exit 1
fi
