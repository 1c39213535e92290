# `make demo` shows the kit at work, `make test` checks all of it. Both install what they need into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# tests that share nothing with one another run two at a time; those that count processes or drive servers do not
APART := src/qlearn tests/physics tests/widgets tests/check tests/gradebook tests/grading/judge tests/grading/wire \
  tests/exercises
PIP := $(BIN)/python -m pip --disable-pip-version-check
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.PHONY: help install demo test lint bench corpus-stock lock pictures clean

help: ## list these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

install: $(VENV)/.installed ## make .venv and install qlearn into it

demo: $(VENV)/.installed ## build the book and run a class of 24 through two assignments
	$(BIN)/qlearn demo

test: $(VENV)/.tested ## everything the project promises, browser tests included
	@sh tests/system_packages.sh
	$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(APART)
	$(BIN)/python -m pytest $(APART:%=--ignore=%)

lint: $(VENV)/.tested ## style, types and the arrows between layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.tested ## speed against the usual way, in one run
	$(BIN)/python tests/bench/bb84.py
	$(BIN)/python tests/bench/qkd_chain.py
	$(BIN)/python tests/bench/sequence_bb84.py
	$(BIN)/python tests/bench/grade.py
	$(BIN)/python tests/bench/book.py
	cd tests && ../$(BIN)/python -m bench.widgets

corpus-stock: $(VENV)/.tested ## hostile hand-ins against stock nbgrader, in a cage; most of an hour
	cd tests && ../$(BIN)/python -m corpus.run_stock

lock: $(VENV)/.tested ## write both requirements files anew from pyproject.toml
	$(PIP) install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev -c requirements.txt pyproject.toml \
	  -o tests/requirements.txt

clean: ## remove what was built, not what you wrote
	rm -rf $(VENV) book/_build demo-course dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "qlearn needs Python 3.11 or later, but $(PYTHON) is older; try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "$(PYTHON) cannot make environments; on Debian or Ubuntu: apt install python3-venv" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.made requirements.txt pyproject.toml
	@echo "Installing qlearn into $(VENV), about a minute ..."
	$(PIP) install --quiet --requirement requirements.txt
	$(PIP) install --quiet --no-deps --editable .
	@touch $@

$(VENV)/.tested: $(VENV)/.installed tests/requirements.txt
	$(PIP) install --quiet --requirement tests/requirements.txt
	@touch $@

pictures: $(VENV)/.tested ## take the README's pictures anew; run `make demo` first
	$(BIN)/python tests/e2e/readme_pictures.py
