# Everything a person needs. `make demo` and `make test` work in a fresh clone.
PY := .venv/bin/python
export PLAYWRIGHT_BROWSERS_PATH ?= $(CURDIR)/.cache/browsers
export TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS ?=

.PHONY: help setup demo test check drills bench elasticsearch doctor lock counts clean

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*##/\1:/p' Makefile | awk -F: '{printf "  make %-15s%s\n", $$1, $$2}'

setup:  ## environment, locked dependencies and system parts; ends at once when all is there
	@sh scripts/bootstrap.sh

demo: setup  ## the whole way on a marketplace of our own, ending with the queue
	@$(PY) -m marketwarden demo

test: setup  ## every test this machine can run; names each real part that was skipped
	@$(PY) scripts/run_tests.py

check: setup  ## the habit before a commit: format, lint, types, imports, configuration, fast tests
	@$(PY) scripts/check.py

drills: setup  ## the long tests
	@$(PY) scripts/run_tests.py --drills

bench: setup  ## every benchmark, one after another
	@set -e; for file in benchmarks/*.py; do [ "$$file" = benchmarks/__init__.py ] || $(PY) -m "benchmarks.$$(basename "$$file" .py)"; done

elasticsearch: setup  ## fetch and start a real node on loopback until Ctrl-C
	@$(PY) -m tests.servers.elasticsearch

doctor: setup  ## what this machine lacks and how to get it
	@$(PY) -m marketwarden doctor

lock: setup  ## renew requirements/dev.txt from pyproject.toml (needs uv)
	@sh scripts/lock.sh

counts: setup  ## write the numbers of README.md from the files
	@$(PY) scripts/readme_counts.py --write

clean:  ## remove what can be made again; never a home with evidence
	rm -rf .venv .cache build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
