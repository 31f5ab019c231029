# Everything CI runs, and what builds the derived files. Needs the environment of the README's test command.
PYTHON ?= .venv/bin/python

.PHONY: check lint types test gate known docs picture benchmarks

check: lint types test gate

lint:
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check

types:
	$(PYTHON) -m mypy

test:
	$(PYTHON) -m pytest

gate:
	$(PYTHON) -m seedlint --baseline .ci/known-damage.jsonl --fail-on info seeds

# Where a rule finds more in the seeds than before, and rightly.
known:
	$(PYTHON) -m seedlint baseline create --force --baseline .ci/known-damage.jsonl seeds

docs:
	$(PYTHON) tools/build_outlines.py
	$(PYTHON) tools/build_docs.py

picture:
	$(PYTHON) tools/picture.py

benchmarks:
	for file in benchmarks/*.py; do $(PYTHON) $$file || exit 1; done
