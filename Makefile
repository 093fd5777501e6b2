# One word for each habit; `make` alone lists them. Needs: pip install -e '.[dev]'
.PHONY: help lint types fast all docs golden same

help:  ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

lint:  ## style and format (ruff); what it can mend it mends
	ruff check --fix .
	ruff format .

types:  ## mypy, strict
	mypy

fast:  ## every module, in less than a minute of processor time
	pytest -q -m "not slow"

all:  ## every test, as CI runs them (LibreOffice and Gnumeric are needed)
	pytest -n auto --dist loadfile

docs:  ## the generated documents: rule book, fields, figures, commands, blank forms
	python docs/generate.py
	python -m tdkt_batch templates --out input_templates

golden:  ## the consolidated workbook as text, after a change that is meant
	python tests/golden_book.py

same:  ## that a change of structure changed no output byte: make same BEFORE=main
	python tests/before_and_after.py $(or $(BEFORE),HEAD)
