# make run     set up everything and start the web pages, with demonstration data at first
# make test    set up everything and run all checks and tests
# make install set up only

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test install lint bench clean

run: install
	$(BIN)/jixiao serve --demo auto

test: install lint
	$(BIN)/pytest --cov --cov-report=term

install: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt torch
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	$(BIN)/jixiao setup
	touch $@

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/yamllint --strict tests

bench: install
	$(BIN)/jixiao bench

clean:
	rm -rf $(VENV) var
