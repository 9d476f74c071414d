# "make demo" and "make test" need a machine with Python 3.11+ and make, nothing else.
PYTHON ?= python3
BIN := .venv/bin
LOCK := site/requirements
COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --quiet \
	--custom-compile-command "make lock"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test bench check lock messages install upgrade

help:  ## This list
	@sed -n 's/^\([a-z]*\):.*  ## /\1 /p' $(MAKEFILE_LIST) | while read -r name what; do printf '  make %-9s %s\n' "$$name" "$$what"; done

demo: install  ## The whole site with its real content, on http://127.0.0.1:8000 (PORT, DEMO_PASSWORD)
	@exec $(BIN)/python manage.py demo

test: install  ## Every test, on all cores, in random order
	@$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

bench: install  ## How the cost of pages grows: a table and a plot, in .data/ (BENCH_TOOLS, BENCH_DIVIDED_BY)
	@$(BIN)/pytest -n0 -s tests/bench/bench_growth.py

check: install  ## Format, lint, types, imports, catalogues, migrations, deployment
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/python manage.py messages --check
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py lintmigrations --quiet ok ignore
	$(BIN)/python manage.py check --fail-level WARNING
	@set -a; . ./site/deploy/example.env; SECRET_KEY=$$($(PYTHON) -c "import secrets; print(secrets.token_urlsafe(60))"); \
	DJANGO_SETTINGS_MODULE=config.settings.production $(BIN)/python manage.py check --deploy --fail-level WARNING

messages: install  ## Bring the French and Dutch catalogues up to date with the code
	@$(BIN)/python manage.py messages

lock: install  ## Compile the locked requirements from pyproject.toml (UPGRADE=1 takes newer versions)
	$(COMPILE) $(if $(UPGRADE),--upgrade) --output-file $(LOCK)/production.txt
	$(COMPILE) $(if $(UPGRADE),--upgrade) --extra development --output-file $(LOCK)/development.txt

upgrade:  ## On the server, as root: the newest version, without a failed request; says what it will do
	@exec site/deploy/upgrade

install:
	@command -v $(PYTHON) > /dev/null || { echo "Python 3.11 or later is needed: $(PYTHON) is not there." >&2; exit 1; }
	@$(PYTHON) site/requirements/install.py
