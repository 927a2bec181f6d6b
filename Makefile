# The commands a person types. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help run reset test test-more test-next bench lint pins python

BOOTSTRAP = @python3 -m tools.bootstrap
PYTHON = exec .venv/bin/python -m

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):[^#]*## /make \1\t/p' Makefile | expand -t 20

run: python ## start the site on 127.0.0.1:8000 (another port: make run PORT=8001); Ctrl-C stops it
	$(BOOTSTRAP) run && $(PYTHON) tools.run

reset: python ## drop the private database, uploads and accounts, to start afresh
	$(BOOTSTRAP) run && $(PYTHON) tools.reset

test: python ## run the tests (some of them: make test ARGS="-k vote")
	$(BOOTSTRAP) develop && $(PYTHON) tools.test $(ARGS)

test-more: python ## run the tests that need other system packages, the network or minutes
	$(BOOTSTRAP) develop && $(PYTHON) tools.test --more $(ARGS)

test-next: python ## run the tests on the newest Django and Wagtail that install
	$(BOOTSTRAP) next && exec .venv-next/bin/python -m tools.test $(ARGS)

bench: python ## measure the site as production serves it (one bench: make bench ARGS=lighthouse)
	$(BOOTSTRAP) develop && $(PYTHON) tools.bench $(ARGS)

lint: python ## check style, types, templates, imports, migrations, catalogues and settings
	$(BOOTSTRAP) develop && $(PYTHON) tools.lint

pins: python ## compile requirements*.in to requirements*.txt, keeping what still fits
	$(BOOTSTRAP) develop && for name in requirements requirements-local requirements-dev; do \
		.venv/bin/python -m uv pip compile -q --universal --python-version 3.11 --no-header \
			--annotation-style line $$name.in -o $$name.txt || exit 1; done

python:
	@command -v python3 >/dev/null || \
		{ echo "Python 3.11 is missing. On Debian: apt-get install python3 python3-venv" >&2; exit 1; }
