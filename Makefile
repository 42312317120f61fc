# Two commands for a newcomer: `make demo` and `make test`. Everything is set up from Python >= 3.11 and make alone.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help demo setup test soak check format lint types arrows bench lock previews pictures clean

help: ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

# make hands its command line's variables on: make demo PETAFLOP_PORT=8000
demo: $(VENV)/.runtime ## serve the guest page on http://127.0.0.1:8080 with the instant filters
	@$(BIN)/petaflop demo

setup: $(VENV)/.dev ## the virtualenv with everything that tests and checks need

# Three at once on two cores: many tests wait for what they test.
test: $(VENV)/.dev ## run the tests; ARGS chooses: make test ARGS="tests/bot -x -n0"
	$(BIN)/python -m pytest -n 3 --dist loadfile $(ARGS)

soak: $(VENV)/.dev ## the tests that kill the program, for longer
	PETAFLOP_TEST_KILLS=30 $(BIN)/python -m pytest tests/test_crashes.py $(ARGS)

check: lint types arrows test ## the whole gate: format, lint, types, arrows, tests

lint: $(VENV)/.dev ## ruff: format and rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

format: $(VENV)/.dev ## let ruff put the code in order
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: $(VENV)/.dev ## mypy, strict
	$(BIN)/mypy

arrows: $(VENV)/.dev ## import-linter: the layers of docs/architecture.md
	$(BIN)/lint-imports --no-cache

bench: $(VENV)/.dev ## figures, each beside its floor
	$(BIN)/python -m tests.bench $(ARGS)

previews: $(VENV)/.dev ## render the style previews anew from the shipped portrait
	$(BIN)/python -m tests.make_previews

pictures: $(VENV)/.dev ## make the README's pictures anew with the real program
	$(BIN)/python -m tests.make_pictures

# uv resolves once for all supported Pythons; it is only needed to change the locks.
lock: ## pin what pyproject.toml asks for, with hashes
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links -c requirements.txt --group build -o requirements-build.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links -c requirements.txt --group dev pyproject.toml -o requirements-dev.txt

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "PETaflop needs Python 3.11 or newer; name one with: make PYTHON=python3.12 …" >&2; exit 69; }
	@echo "Making $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt requirements-build.txt pyproject.toml | $(BIN)/python
	@echo "Installing what the program needs …"
	@$(PIP) install --require-hashes -r requirements.txt -r requirements-build.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml | $(BIN)/python
	@echo "Installing what tests and checks need …"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

clean: ## remove what make made
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache
