# `make demo` opens the sample workshop, `make test` runs all tests, `make check` looks at the code.
# Each sets itself up in .venv on a machine with nothing but Python 3.11 or newer (pip, venv) and make.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
JOBS ?= auto

.PHONY: demo test check format coverage bench clean

demo: .venv/.program
	$(BIN)/cjworkshop demo

test: .venv/.workbench
	$(BIN)/coverage erase
	$(BIN)/pytest -n $(JOBS) --cov=cjworkshop --cov-branch --cov-report=
	$(BIN)/coverage report --precision=1 --fail-under=95 --include='src/cjworkshop/domain/*,src/cjworkshop/method/*,src/cjworkshop/storage/*'

check: .venv/.workbench
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.workbench
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/.workbench
	$(BIN)/python benchmarks/run.py

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*

.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(PIP) install --upgrade 'pip>=25.1'

.venv/.program: .venv/bin/python pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --editable .
	touch $@

.venv/.workbench: .venv/.program
	$(PIP) install --constraint constraints.txt --editable . --group test --group check
	touch $@
