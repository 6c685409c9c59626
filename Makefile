# Every habit is a target; `make` lists them.  A fresh machine needs Python 3.11 or newer, pip and make.
# To use another Python: make run PYTHON=python3.12

PYTHON ?= python3
BIN := .venv/bin
LOCK := python -m uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --quiet

.DEFAULT_GOAL := list
.PHONY: list run chat test test-long transcripts lint format forms bench unusual reading mutations screenshots migration lock dist clean

list: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | awk -F'|' '{ printf "make %-12s %s\n", $$1, $$2 }'

run: .venv/run.stamp ## set everything up, then start the demo on http://127.0.0.1:8080
	@$(BIN)/congdoan demo $(ARGS)

chat: .venv/run.stamp ## talk to the bot in the terminal
	@$(BIN)/congdoan chat $(ARGS)

test: .venv/test.stamp ## set everything up, then run all tests, on SQLite and on a real PostgreSQL
	$(BIN)/python -m pytest -q -n 2 $(ARGS)

test-long: .venv/test.stamp ## the long tests: heavy simulations, hundreds of kills
	$(BIN)/python -m pytest -q -m long $(ARGS)

transcripts: .venv/test.stamp ## rewrite the golden conversations; then read the diff
	$(BIN)/python -m pytest -q -m "" tests/test_transcripts.py --rewrite $(ARGS)

lint: .venv/test.stamp ## style, types, import contracts, forms, links in the docs, locks and their vulnerabilities
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports
	$(MAKE) --no-print-directory forms
	$(BIN)/python -m pytest -q tests/test_architecture.py
	@$(BIN)/python -m tests.vulnerabilities requirements-dev.lock

format: .venv/test.stamp ## lay out the code as `make lint` wants it
	$(BIN)/python -m ruff check --fix-only --quiet .
	$(BIN)/python -m ruff format .

forms: .venv/run.stamp ## check the questionnaires in forms/
	$(BIN)/congdoan forms check $(wildcard forms/*.md forms/*.xlsx)

bench: .venv/test.stamp .venv/peers.stamp ## the benchmarks: a turn, a start, Telegram beside its peers, a wave of reminders, a reading
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench_telegram
	$(BIN)/python -m tests.bench_wave
	$(BIN)/python -m tests.bench_reading

reading: .venv/test.stamp .venv/peers.stamp ## write docs/reading.md: how answers are read, beside other libraries
	$(BIN)/python -m tests.reading_table

mutations: .venv/test.stamp ## alter the rules of reading one by one and print those that no test misses (long; ARGS="--most 100")
	$(BIN)/python -m tests.mutations $(ARGS)

unusual: .venv/test.stamp ## measure the look at unusual numbers on invented units; writes docs/unusual.md
	$(BIN)/python -m tests.unusual

screenshots: .venv/test.stamp ## take the pictures of the docs anew (needs Chromium; LibreOffice, pdftoppm for paper)
	$(BIN)/python -m tests.screenshots $(ARGS)

migration: .venv/test.stamp ## write the next migration from the models: make migration WORDS="add a column"
	$(BIN)/python -m storage.migrations $(WORDS)
	$(BIN)/python -m ruff format --quiet storage/migrations

lock: .venv/test.stamp ## renew requirements.lock and requirements-dev.lock
	$(BIN)/$(LOCK) --upgrade --output-file requirements.lock
	$(BIN)/$(LOCK) --upgrade --extra dev --constraint requirements.lock --output-file requirements-dev.lock

dist: ## the program as one archive for a server, as it is committed: dist/congdoan-VERSION.tar.gz
	@mkdir -p dist
	@version=$$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml); \
		git archive --format=tar.gz --prefix=congdoan-$$version/ --output=dist/congdoan-$$version.tar.gz HEAD && \
		echo "dist/congdoan-$$version.tar.gz"

clean: ## remove .venv and what tools keep; data under var/ stays
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find bot handlers scheduler storage tests -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp says which lock .venv was filled from; it is written last, so that a broken-off installation is repeated.
.venv/run.stamp: requirements.lock | .venv/bin/congdoan
	$(call install,requirements.lock)
	@touch $@

.venv/test.stamp: requirements-dev.lock | .venv/bin/congdoan
	$(call install,requirements-dev.lock)
	@touch $@ .venv/run.stamp

# Bots of other libraries, which benchmarks are compared with, live in an environment of their own.
.venv/peers.stamp: tests/peers/requirements.lock .venv/test.stamp
	$(BIN)/python -m uv venv --quiet --clear .venv/peers
	$(BIN)/python -m uv pip install --quiet --python .venv/peers --require-hashes -r $<
	@touch $@

# The project is not installed but found: a path file, and a command that works from every folder.
.venv/bin/congdoan: .venv/bin/python Makefile
	@$(BIN)/python -c 'import pathlib, sysconfig; \
		pathlib.Path(sysconfig.get_path("purelib"), "congdoan.pth").write_text("$(CURDIR)\n", "utf-8")'
	@printf '#!/bin/sh\nexec "%s/.venv/bin/python" -P -m bot "$$@"\n' "$(CURDIR)" > $@
	@chmod +x $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name it: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv > /dev/null || $(PYTHON) -m venv --clear --without-pip .venv

# Debian's Python makes environments without pip: then the machine's own pip fills this one.
define install
	@echo "Installing what $(1) names…"
	@if $(BIN)/python -m pip --version > /dev/null 2>&1; then pip="$(BIN)/python -m pip"; \
		else pip="$(PYTHON) -m pip --python $(BIN)/python"; fi; \
	$$pip install --quiet --disable-pip-version-check --no-input --only-binary :all: --require-hashes -r $(1)
endef
