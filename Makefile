# Everything a person types. Each target with two hashes is listed by `make help`.

PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= ./var
HOST ?= 127.0.0.1
# How many tests that start servers and browsers run at once: they wait for each other more than they compute.
AT_ONCE ?= 2

# Tests start hundreds of Pythons, and what pytest makes of an assertion is kept as bytecode too.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
LOCKED := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
INSTALLED_FROM := pyproject.toml hatch_build.py $(wildcard requirements/*.txt)
# What touches the most of other people's code: the database, the frame, the command line, the whole API, the limits.
TELLING := bin/python -m pytest -p scripts.no_skips -n 2 -m "not slow" \
	$(addprefix tests/,audit config limits mailbox openapi privacy)
NPM := $(BIN)/python -m scripts.npm --silent

# What runs beside something else says it in one piece, where make can do that (4.0 and newer).
WHOLE := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

.DEFAULT_GOAL := help
.PHONY: run check test test-oldest test-newest lint audit advisories bench soak translations generated assets help
.PHONY: lint-types lint-browser lint-rest

run: .venv/.server  ## Start a demonstration on this machine: make run PORT=8000 DATA_DIR=./var HOST=127.0.0.1
	@$(BIN)/python hatch_build.py
	@exec $(BIN)/youthsafe demo --host "$(HOST)" --port "$(PORT)" --data-dir "$(DATA_DIR)"

check: lint  ## Check style, types and everything that is quick to test: a few minutes
	@$(NPM) test
	@$(BIN)/python -m pytest -p scripts.no_skips -n 2 -m "not slow" --ignore=tests/journeys

test: .venv/.test assets  ## Check everything: `make check`, then real servers, browsers and databases
	@scripts/system-packages.sh
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -p scripts.no_skips -n $(AT_ONCE) --dist loadgroup --durations=25 -m slow --ignore=tests/journeys
	@$(BIN)/python -m pytest -p scripts.no_skips -n $(AT_ONCE) --dist loadfile --durations=60 tests/journeys

test-oldest: .venv/.test assets  ## Run telling tests on the oldest dependencies that pyproject.toml allows
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python .venv/oldest
	@$(BIN)/uv pip install --quiet --python .venv/oldest --require-hashes --requirement requirements/oldest.txt
	@$(BIN)/uv pip install --quiet --python .venv/oldest --no-build-isolation --no-deps --editable .
	@.venv/oldest/$(TELLING)

test-newest: .venv/.test assets  ## Run telling tests on the newest Python of this machine, or on NEWEST=/path/to/python3
	@newest="$${NEWEST:-$$(scripts/newest-python.sh)}" && $(BIN)/uv venv --quiet --clear --python "$$newest" .venv/newest
	@$(BIN)/uv pip install --quiet --python .venv/newest --require-hashes --requirement requirements/test.txt
	@$(BIN)/uv pip install --quiet --python .venv/newest --no-build-isolation --no-deps --editable .
	@.venv/newest/$(TELLING)

lint: .venv/.test assets  ## Check style, types and the rules about who imports whom
	@$(MAKE) --no-print-directory --keep-going --jobs=2 $(WHOLE) lint-types lint-browser lint-rest

lint-types:
	@$(BIN)/mypy

lint-browser:
	@$(NPM) run check

lint-rest:
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/lint-imports
	@$(BIN)/deptry --no-ansi youthsafe
	@$(BIN)/python -m scripts.openapi_lint

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

generated: .venv/.test assets  ## Write anew what is made from declarations: docs/headers.md, the table of jobs, the worker's rules, types
	@$(BIN)/python -m scripts.generated

translations: .venv/.server  ## Bring the catalogues up to date with the code: new texts come in, gone ones leave
	@$(BIN)/python scripts/translations.py

assets: .venv/.server  ## Build the browser half and compile the translations, where something changed
	@$(BIN)/python hatch_build.py

help:  ## List these
	@sed -n 's/^\([a-z-]*\):[^#]*##  *\(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do printf '  make %-13s %s\n' "$$name" "$$text"; done

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
