# make demo  - the whole round on the sample campaign        make test - every gate
# Both set everything up by themselves: python3 (3.11 or newer) and git are all they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo

.PHONY: demo test lint docs samples goldens bench clean

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "rectify_xl needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: $(VENV)/.installed
	rm -rf $(DEMO)
	$(BIN)/rectify-xl demo $(DEMO) || test $$? -eq 1

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/make_docs.py --check

test: lint
	$(BIN)/pytest --cov --cov-report=term

docs: $(VENV)/.installed
	$(BIN)/python docs/make_docs.py

samples: $(VENV)/.installed
	$(BIN)/python samples/build.py

# What the sample round writes (tests/goldens) as it is now; the difference is shown.
goldens: $(VENV)/.installed
	$(BIN)/python -W ignore -m tests.goldens.renew

bench: $(VENV)/.installed
	$(BIN)/python benchmarks/round.py

clean:
	rm -rf $(VENV) $(DEMO) .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache
