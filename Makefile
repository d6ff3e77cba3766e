# Talentflow. Needs Python 3.11 to 3.14 and make; the rest is installed into .venv by the first target that needs it.

VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed
PICTURES := build/pictures
VIEWS := flowmap sankey alluvial chord matrix careers timeline compare buildout orgchart

.PHONY: help run pictures setup setup-system lint test test-browser bench clean

help:
	@echo "make run           open the window on the bundled dataset (FILE=… for another); without a display, draw pictures"
	@echo "make test          all checks and tests"
	@echo "make test-browser  pictures that play, in a Chromium if one is installed"
	@echo "make setup         install what the program needs into $(VENV) (run and test do it by themselves)"
	@echo "make setup-system  install the shared libraries that Qt needs, by the package manager of this system"
	@echo "make lint          style, types, directions of imports"
	@echo "make bench         measure and print the figures of docs/performance.md"
	@echo "make clean         remove $(VENV), build and caches"

# The newest suitable Python, or the one that PYTHON=… names. A name may exist and yet not start, so each is tried.
define find_python
suits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))'; python=; \
for name in $(if $(PYTHON),'$(PYTHON)',python3.13 python3.12 python3.11 python3.14 python3 python); do \
	if "$$name" -c "$$suits" >/dev/null 2>&1; then python="$$name"; break; fi; \
done; \
if [ -z "$$python" ]; then \
	echo "$(if $(PYTHON),$(PYTHON) is no Python 3.11 to 3.14,No Python 3.11 to 3.14 was found)." >&2; \
	echo "Install one, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; exit 1; \
fi
endef

$(STAMP): constraints.txt
	@$(find_python); "$$python" scripts/system.py || exit 1; \
	if ! $(PY) -c "$$suits" >/dev/null 2>&1; then "$$python" -m venv --clear $(VENV) || exit 1; fi
	@echo "Installing into $(VENV) (the first time this takes a minute or two) …"
	@$(PY) -m pip install --quiet --no-input --disable-pip-version-check --no-deps -r constraints.txt
	@$(PY) -m pip check --disable-pip-version-check
	@touch $(STAMP)

setup: $(STAMP)
	@$(PY) scripts/system.py

setup-system:
	@$(find_python); "$$python" scripts/system.py --window --install

run: $(STAMP)
	@if [ "$$(uname -s)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		$(MAKE) --no-print-directory pictures && \
		echo "There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set):" && \
		echo "the main pictures were drawn into $(PICTURES)/ instead."; \
	else \
		$(PY) scripts/system.py $${DISPLAY:+--window} && exec $(PY) main.py $(FILE); \
	fi

pictures: setup
	@mkdir -p $(PICTURES)
	@for view in $(VIEWS); do for theme in light dark; do for form in png svg; do \
		picture=$(PICTURES)/$$view-$$theme.$$form; \
		$(PY) main.py render $$view $(FILE) -o $$picture --theme $$theme && echo "$$picture" || exit 1; \
	done; done; done

lint: setup
	@echo "style";   $(PY) -m ruff check .
	@echo "format";  $(PY) -m ruff format --check .
	@echo "types";   $(PY) -m mypy
	@echo "imports"; $(PY) -c "from importlinter.cli import lint_imports_command as main; main()"

test: lint
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n auto

test-browser: setup
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest tests/render/test_browser.py -rs

bench: setup
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.benchmarks

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find app tests resources scripts -name __pycache__ -type d -prune -exec rm -rf {} +
