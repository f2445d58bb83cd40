# Two commands matter: make run, make test. The rest is for people who work on Tussenstop.
PORT ?= 8000
export TUSSENSTOP_DATA_DIR ?= $(CURDIR)/.data
PYTHON_BIN = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run test test-postgres bench bench-matching bench-planner bench-digests messages translations lock format docs

help: ## Show these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

run: ## Start Tussenstop with its demo partnership (PORT=8000)
	@scripts/environment requirements.lock
	@TUSSENSTOP_DEMO=$${TUSSENSTOP_DEMO:-1} exec $(PYTHON_BIN) -m tussenstop serve --port $(PORT)

test: ## Run every check and every test, on SQLite
	@scripts/environment requirements-dev.lock
	@scripts/test

test-postgres: ## Run the tests on PostgreSQL
	@scripts/environment requirements-dev.lock
	@scripts/test-postgres

bench: ## Measure the pages at 100, 10,000 and 100,000 routes (QUICK=1: smaller)
	@scripts/environment requirements-dev.lock
	@$(PYTHON_BIN) -m bench.pages

bench-matching: ## Measure the matching engine, up to a whole country (QUICK=1: smaller)
	@scripts/environment requirements-dev.lock
	@$(PYTHON_BIN) -m bench.matching

bench-planner: ## Measure the planner, beside other ways to plan (QUICK=1: smaller)
	@scripts/environment requirements-dev.lock
	@$(PYTHON_BIN) -m bench.planner

bench-digests: ## Measure overviews by mail: 50,000 composed and queued (QUICK=1: smaller)
	@scripts/environment requirements-dev.lock
	@$(PYTHON_BIN) -m bench.digests

messages: ## Collect new texts into the translation catalogue
	@$(PYTHON_BIN) -m tussenstop.ops.translations collect

docs: ## Write the generated pages of docs/ anew
	@$(PYTHON_BIN) -m tussenstop.ops.docs

lock: ## Resolve the dependencies anew and write both lock files
	@$(PYTHON_BIN) -m pip install --quiet uv
	@.venv/bin/uv pip compile -q pyproject.toml --upgrade --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header -o requirements.lock
	@.venv/bin/uv pip compile -q pyproject.toml --upgrade --group dev --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header -o requirements-dev.lock

format: ## Put code and templates in their usual form
	@.venv/bin/ruff check --fix -q . ; .venv/bin/ruff format -q . ; .venv/bin/djade --target-version 5.2 $$(git ls-files 'src/*.html')
