# Run "make demo" or "make test" on a machine that has Python 3.11+ and make; nothing else is needed.
PYTHON ?= python3
BIN := .venv/bin
LOCK := site/requirements

.PHONY: demo test check lock messages
.DELETE_ON_ERROR:

demo: .venv/ready  ## The whole site with its real content, on http://127.0.0.1:8000
	@exec $(BIN)/python manage.py demo

test: .venv/ready  ## Every test
	$(BIN)/python manage.py compilemessages --verbosity 0
	$(BIN)/pytest -n auto

lock: .venv/ready
