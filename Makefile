# Every target is one of make.py, which needs Python alone: python3 make.py TARGET
PYTHON ?= python3

.PHONY: demo test quick long fuzz lint goldens docs samples bench test-minimum clean
demo test quick long fuzz lint goldens docs samples bench test-minimum clean:
	$(PYTHON) make.py $@
