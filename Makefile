# Everything a person types. Each target with two hashes is listed by `make help`.

PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= ./var
HOST ?= 127.0.0.1

BIN := .venv/bin
LOCKED := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
INSTALLED_FROM := pyproject.toml hatch_build.py $(wildcard requirements/*.txt)
NPM := $(BIN)/python -m scripts.npm --silent

.DEFAULT_GOAL := help
.PHONY: run test lint audit advisories bench soak translations assets help

run: .venv/.server  ## Start a demonstration on this machine: make run PORT=8000 DATA_DIR=./var HOST=127.0.0.1
	@$(BIN)/python hatch_build.py
	@exec $(BIN)/youthsafe demo --host "$(HOST)" --port "$(PORT)" --data-dir "$(DATA_DIR)"

test: .venv/.test assets  ## Check everything: style, types, both languages' tests, real browsers and databases
	@scripts/system-packages.sh
	@$(MAKE) --no-print-directory lint
	@$(NPM) test
	@$(BIN)/python -m pytest -p scripts.no_skips -n 2 --ignore=tests/journeys
	@$(BIN)/python -m pytest -p scripts.no_skips -n 2 --dist loadfile tests/journeys

lint: .venv/.test assets  ## Check style, types and the rules about who imports whom
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(NPM) run check

audit: .venv/.test assets  ## Let Lighthouse look at the public pages as a phone; anything below 100 fails
	@$(BIN)/python -m bench.lighthouse $(PAGES)

advisories: .venv/.audit  ## Ask the public databases whether a locked dependency has a known weakness (needs the network)
	@$(BIN)/pip-audit --disable-pip --requirement requirements/test.txt
	@$(NPM) audit
	@$(NPM) audit --prefix $(CURDIR)/bench/lighthouse

bench: .venv/.test assets  ## Compare a cached page and an accepted report with a bare Flask application
	@$(BIN)/python -m bench

soak: .venv/.test assets  ## Repeat the long runs and properties with their full counts, and print a report (hours)
	@$(BIN)/python -m pytest -p scripts.no_skips -p scripts.soak --durations=20 --hypothesis-show-statistics

translations: .venv/.server  ## Bring the catalogues up to date with the code: new texts come in, gone ones leave
	@$(BIN)/python scripts/translations.py

assets: .venv/.server  ## Build the browser half and compile the translations, where something changed
	@$(BIN)/python hatch_build.py

help:  ## List these
	@sed -n 's/^\([a-z]*\):[^#]*##  *\(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do printf '  make %-13s %s\n' "$$name" "$$text"; done

# Environments. A stamp is newer than what it was installed from.

.venv/bin/python:
	@PYTHON="$(PYTHON)" scripts/environment.sh

.venv/.server: .venv/bin/python $(INSTALLED_FROM)
	@echo "Installing what the server needs (once; a minute or so)"
	@$(LOCKED) -r requirements/server.txt -r requirements/build.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

.venv/.test: .venv/.server
	@echo "Installing what the tests need (once)"
	@$(LOCKED) -r requirements/test.txt
	@touch $@

.venv/.audit: .venv/.test
	@$(LOCKED) -r requirements/audit.txt
	@touch $@
