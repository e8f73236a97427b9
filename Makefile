# One word per task. `make run` and `make test` set up what they need; nothing but Python 3.11+ and make is required.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export RESUMPTION_DATA ?= data

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run crawl load report figures test check format browser schema gold accuracy learn cookbook bench torture egg clean

help:  ## list the tasks
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## */\t/' | expand -t 14

$(BIN)/uv:
	@echo "setting up $(VENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	@$(PYTHON) -m venv $(VENV) || { echo "python3 -m venv does not work here: install the package python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/.ready: requirements.txt | $(BIN)/uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements.txt || $(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

$(VENV)/.ready-dev: requirements.txt requirements-dev.txt | $(VENV)/.ready
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements-dev.txt || $(BIN)/python -m pip install --quiet -r requirements-dev.txt
	@touch $@

setup: $(VENV)/.ready  ## virtual environment with everything that runs need

setup-dev: $(VENV)/.ready-dev  ## ... and everything that tests need

run: setup crawl load report figures  ## the main job, offline: replay archive -> feeds -> DuckDB -> report

crawl: setup
	@echo "crawling 齐鲁网 from the replay archive (one of its pages is a captcha, and is reported as blocked) ..."
	@$(BIN)/scrapy crawl qilu -s REPLAY=bundled -s LOG_LEVEL=WARNING
	@echo "crawling 网易 from the replay archive ..."
	@$(BIN)/scrapy crawl netease -s REPLAY=bundled -s LOG_LEVEL=WARNING

load: setup
	@$(BIN)/scrapy load

report: setup
	@$(BIN)/scrapy report

figures: setup
	@$(BIN)/scrapy figures

test: setup-dev browser  ## format, lint, types and all tests: the same as CI
	@$(BIN)/ruff format --check --quiet . || { echo "run: make format"; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -n 2 --dist loadfile

check: test

format: setup-dev  ## format and mend what the linter can mend
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .

# Browser tests look for a Chromium themselves and are skipped loudly without one; here it is installed where that is allowed.
browser:
	@command -v chromium chromium-browser google-chrome >/dev/null 2>&1 || [ -n "$$CHROMIUM" ] || \
	{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && echo "installing Chromium for the browser tests ..." && \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk; } >/dev/null 2>&1; } || \
	echo "no Chromium here: browser tests will be skipped"

schema: setup  ## write the JSON Schema files and docs/feed.md from the types
	@$(BIN)/scrapy schema
	@$(BIN)/python -m resumption.warehouse.documents

gold: setup-dev  ## score the gold set, per indicator, event and style
	@$(BIN)/python -m tests.test_gold --by-event --by-style

learn: setup-dev  ## learn the weights of resumption/lexicon/learnt/ anew from the articles of the repository
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements-training.txt || $(BIN)/python -m pip install --quiet -r requirements-training.txt
	@$(BIN)/python -m training

cookbook: setup  ## refresh the outputs of docs/cookbook.md from the replay archive
	@$(BIN)/python benchmarks/cookbook.py

egg: setup  ## what scrapyd gets
	@$(BIN)/python setup.py -q bdist_egg

clean:  ## remove what was produced (data/ too)
	@rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache $(RESUMPTION_DATA)

torture: setup-dev  ## 200 kills of a crawl at random moments (half an hour on 2 cores): nothing lost, nothing twice
	@$(BIN)/python -m tests.test_kill 200

bench: setup-dev  ## all measurements in one run, into docs/performance.md (some 20 minutes; peers: requirements-benchmarks.txt)
	@$(BIN)/python -m benchmarks
