# Two commands set everything up on a machine that has Python, pip and make: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
export PIP_ROOT_USER_ACTION := ignore

.PHONY: demo test check install install-dev system bench clean gallery

install: $(VENV)/.installed
install-dev: $(VENV)/.installed-dev

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install -c constraints.txt -e .
	touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install -c constraints.txt -e '.[dev]'
	touch $@ $(VENV)/.installed

demo: install
	$(BIN)/reconcile run fixtures/pairs/shuili-2023-10.txt fixtures/pairs/shuili-2023-11.txt

# System packages that some tests need: installed as root on Debian, else the tests that miss them say so and are skipped.
system:
	@sh tests/system-packages.sh

test: install-dev system check

check:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -n auto

# Speed side by side with the alternatives: about half an hour on one core; writes docs/performance.md.
bench: install
	$(PIP) install -c constraints.txt -e '.[dev,bench,batch]'
	$(BIN)/python -m bench.speed

# The pictures of docs/gallery.md, from the fixtures; needs Chromium and LibreOffice.
gallery: install-dev
	$(BIN)/python docs/make_gallery.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
