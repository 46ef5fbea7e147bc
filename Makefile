# Every target prepares what it needs; `make` alone lists them.
.DEFAULT_GOAL := help
PYTHON_VENV := .venv/bin/python
FLASK := .venv/bin/flask --app wsgi
ENGINES ?= both
WORKERS ?= 2
ROWS ?=
PATHS ?= tests

.PHONY: help run test check lint house format content demo bench soak shots docs lock venv dev

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

run: venv ## set up, migrate, publish the content, fill the demo if empty, serve http://127.0.0.1:8000
	@exec $(PYTHON_VENV) -m lms.serve

test: lint ## every check and every test; REQUIRE_ALL=1 turns a skipped test into a failure
	@$(PYTHON_VENV) -m pytest --engine=$(ENGINES) -n $(WORKERS) $(PATHS)

check: lint house ## format, lint, types, templates and the house rules; no browser, about a minute

lint: dev
	@$(PYTHON_VENV) -m ruff format --check --quiet .
	@$(PYTHON_VENV) -m ruff check --quiet .
	@$(PYTHON_VENV) -m mypy
	@.venv/bin/djlint lms --lint --quiet

house: dev
	@$(PYTHON_VENV) -m pytest --engine=$(ENGINES) tests/house

format: dev ## put every file into the house's form
	@$(PYTHON_VENV) -m ruff check --quiet --fix .
	@$(PYTHON_VENV) -m ruff format --quiet .

content: venv ## check the books in content/ and publish them
	@$(FLASK) content check
	@$(FLASK) content publish

demo: venv ## fill the empty database with the demo village
	@$(FLASK) db upgrade
	@$(FLASK) content publish
	@$(FLASK) demo load

bench: dev ## measure, one JSON line a figure; ROWS="lesson-rate memory" for some only
	@$(PYTHON_VENV) -m bench $(ROWS)

soak: dev ## the durability and contention tests at full size (hours); figures go to docs/benchmarks.md
	@$(PYTHON_VENV) -m pytest --soak -s tests/reliability tests/backups/test_replay.py tests/certificates/test_register.py tests/certificates/test_verify.py tests/rules/quizzes/test_placement.py tests/practice/test_bots.py tests/practice/test_two_reducers.py tests/practice/test_replay.py tests/rechecks/test_rules.py

shots: dev ## screenshots of every page of the tour, phone and desk, into shots/
	@$(PYTHON_VENV) -m tools.shots

docs: dev ## write docs/access.md anew from the running application
	@$(PYTHON_VENV) -m tools.access_page

lock: dev ## write the locked requirements anew from the two .in files
	@for name in requirements requirements-dev; do \
	  .venv/bin/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-emit-index-url \
	    --no-emit-find-links --custom-compile-command 'make lock' $$name.in -o $$name.txt || exit 1; done

venv:
	@tools/bootstrap

dev: node_modules/axe-core/axe.min.js
	@tools/bootstrap dev

# The one thing taken from npm: the accessibility checker. Without npm those checks are skipped, and said so.
node_modules/axe-core/axe.min.js: package-lock.json
	@if command -v npm >/dev/null 2>&1; then npm ci --silent --no-audit --no-fund && touch $@; fi
