# Two commands for a newcomer: `make demo` and `make test`. Everything is set up from Python >= 3.11 and make alone.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help demo setup test soak soak-wall kills check format lint types arrows bench lock previews pictures k8s image wheels-arm64 release clean

help: ## what can be made
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

# make hands its command line's variables on: make demo PETAFLOP_PORT=8000
demo: $(VENV)/.runtime ## serve the guest page on http://127.0.0.1:8080 with the instant filters
	@$(BIN)/petaflop demo

setup: $(VENV)/.dev ## the virtualenv with everything that tests and checks need

# Where it is set, every child process compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE

# Four at once on two cores: many tests wait for what they test. NumPy's threads would wait for one another.
test: export OPENBLAS_NUM_THREADS = 1
test: $(VENV)/.dev ## run the tests; ARGS chooses: make test ARGS="tests/bot -x -n0"
	$(BIN)/python -m pytest -n 4 --dist loadfile $(ARGS)

soak: $(VENV)/.dev ## serve guests of both chats and the page for an hour, with faults: does anything grow?
	$(BIN)/python -m tests.soak $(ARGS)

soak-wall: $(VENV)/.dev ## a wall over thousands of pictures: heap, nodes and memory after 100, 1000 and 3000
	$(BIN)/python -m tests.bench.soak_wall $(ARGS)

kills: $(VENV)/.dev ## the tests that kill the program, for longer
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

k8s: ## render the manifests anew for the tests that look at them
	@for overlay in backpack scaled; do kubectl kustomize k8s/overlays/$$overlay > tests/k8s/rendered/$$overlay.yaml; done
	@kubectl kustomize tests/k8s/everything > tests/k8s/rendered/everything.yaml

# podman, or docker; BASE=… takes another image with Python, EXTRA=otel brings traces: see the Dockerfile.
ENGINE    ?= podman
IMAGE     ?= petaflop
VERSION    = $(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
LABELS     = --build-arg VERSION=$(VERSION) --build-arg REVISION=$(shell git rev-parse --short HEAD)
CHOSEN     = $(if $(BASE),--build-arg BASE=$(BASE)) $(if $(EXTRA),--build-arg EXTRA=$(EXTRA))

image: ## the pod's image for this machine: make image ENGINE=docker
	$(ENGINE) build $(LABELS) $(CHOSEN) -t $(IMAGE):$(VERSION) .

# What pip takes on Debian 12 and 13 on that architecture: any build for a glibc of at most theirs.
ARM64      = $(foreach glibc,2_17 2_24 2_26 2_27 2_28 2_31 2_34 2_36,--platform manylinux_$(glibc)_aarch64) --platform manylinux2014_aarch64

wheels-arm64: ## see that every locked wheel exists for arm64, without building one
	@for python in 3.11 3.12 3.13; do \
	    rm -rf dist/arm64 && mkdir -p dist/arm64 && \
	    $(PYTHON) -m pip --disable-pip-version-check --quiet download --require-hashes --only-binary=:all: --no-deps \
	        --implementation cp --python-version $$python $(ARM64) --dest dist/arm64 \
	        -r requirements-otel.txt -r requirements-build.txt && \
	    echo "Python $$python: $$(ls dist/arm64 | wc -l) wheels, $$(ls dist/arm64 | grep -c aarch64) of them built for arm64" || exit 1; \
	done; rm -rf dist/arm64

# The digest is that of the list of both architectures, as the registry has it.
release: ## build for amd64 and arm64, push, pin: make release IMAGE=registry.example/petaflop
	podman build $(LABELS) $(CHOSEN) --timestamp $(shell git log -1 --format=%ct) \
	    --platform linux/amd64,linux/arm64 --manifest $(IMAGE):$(VERSION) .
	@mkdir -p dist
	podman manifest push --all --digestfile dist/digest $(IMAGE):$(VERSION) docker://$(IMAGE):$(VERSION)
	k8s/pin.sh $(IMAGE) $(VERSION) "$$(cat dist/digest)" > dist/pinned.yaml
	cp dist/pinned.yaml k8s/components/image/kustomization.yaml
	@$(MAKE) k8s

# uv resolves once for all supported Pythons; it is only needed to change the locks.
lock: ## pin what pyproject.toml asks for, with hashes
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links -c requirements.txt --group build -o requirements-build.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links -c requirements.txt --extra otel pyproject.toml -o requirements-otel.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links -c requirements-otel.txt --extra otel --group dev pyproject.toml -o requirements-dev.txt

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
