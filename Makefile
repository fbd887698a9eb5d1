# `make` alone lists the targets.
.DEFAULT_GOAL := help
SHELL := bash
BIN := .venv/bin
PORT ?= 8000
SAMPLE := var/samples/plan.pdf
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url \
	--custom-compile-command 'make lock'

.PHONY: help setup setup-test run test check format bench sweep drill samples lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## leave .venv/ with the tcm command, and the system libraries and fonts of the PDF
	@scripts/setup.sh run

setup-test:
	@scripts/setup.sh test

run: setup ## set up, compose a sample plan, then serve http://127.0.0.1:8000 (another port: make run PORT=8080)
	@$(BIN)/tcm db upgrade
	@mkdir -p $(dir $(SAMPLE))
	@$(BIN)/tcm plan --instrument gbt_46939_2025 docs/samples/person.json -o $(SAMPLE)
	@$(BIN)/tcm serve --port $(PORT)

test: setup-test ## set up, then run every test that CI runs
	@NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest -q -n 2 -m kernel
	@$(BIN)/python -m pytest -q -n 2

check: setup-test ## formatting, lint, types and import rules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup-test ## format the code and mend what lint can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: setup-test ## run benchmarks/ and print ratios (some of them: make bench ONLY="request files")
	@$(BIN)/python -m benchmarks $(ONLY)

drill: setup-test ## kill server, work process and workers at random moments, 200 times, and check that nothing is lost (fewer: make drill ROUNDS=10)
	@$(BIN)/python scripts/drill.py --rounds $(or $(ROUNDS),200)

sweep: setup-test ## hold every plan of complaints x people x seasons x results against plain loops: hours; goes on where it stopped (MINUTES=30)
	@$(BIN)/python scripts/sweep.py $(if $(MINUTES),--minutes $(MINUTES))

samples: setup ## compose docs/samples/ anew (some of them: make samples ONLY="02 07")
	@$(BIN)/python scripts/samples.py $(ONLY)

lock: setup-test ## make requirements*.txt anew from requirements*.in
	@$(BIN)/$(LOCK) requirements.in -o requirements.txt
	@$(BIN)/$(LOCK) -c requirements.txt requirements-dev.in -o requirements-dev.txt

clean: ## remove what set-up, tests and runs have made, except var/ (records and secrets)
	@rm -rf .venv node_modules build dist .cache *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage tcm_engine/kernels/__pycache__
