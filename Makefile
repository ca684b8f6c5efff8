.DELETE_ON_ERROR:
.PHONY: help setup run test docs airflow bi test-bi distributed test-distributed bench crash-test train train-positions test-training lock lock-bi lock-distributed check-dependencies clean

PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV_VERSION := $(shell sed -n 's/^uv==\([0-9.]*\).*/\1/p' requirements.lock)
BIN := $(CURDIR)/.venv/bin
READY := .venv/.ready

export PATH := $(BIN):$(PATH)
export COMMUNIQUE_HOME ?= $(CURDIR)/var
export AIRFLOW_HOME ?= $(COMMUNIQUE_HOME)/airflow
# SQLite lets one process write at a time; on a busy machine the others wait longer than five seconds.
export AIRFLOW__DATABASE__SQL_ALCHEMY_CONN ?= sqlite:///$(AIRFLOW_HOME)/airflow.db?timeout=60
export AIRFLOW__CORE__DAGS_FOLDER := $(CURDIR)/dags
export AIRFLOW__CORE__LOAD_EXAMPLES := False
export AIRFLOW__CORE__PARALLELISM := 4
export AIRFLOW__API__HOST := 127.0.0.1
export AIRFLOW__API__PORT ?= 8080
export AIRFLOW__CORE__EXECUTION_API_SERVER_URL ?= http://127.0.0.1:$(AIRFLOW__API__PORT)/execution/
export SUPERSET_CONFIG_PATH := $(CURDIR)/include/superset/superset_config.py
export FLASK_APP := superset.app:create_app()
BI_PORT ?= 8088

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST)

setup: $(READY) ## the environment in .venv, with .venv/bin/communique

$(READY): requirements.lock pyproject.toml
	@echo "Setting up .venv with $(PYTHON) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and "communique needs Python 3.11: call make PYTHON=/path/to/python3.11")'
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"
	@VIRTUAL_ENV=$(CURDIR)/.venv .venv/bin/uv pip sync --quiet --compile-bytecode requirements.lock
	@VIRTUAL_ENV=$(CURDIR)/.venv .venv/bin/uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

run: setup ## run the nightly DAG for each day of the bundled sample, publish, show the answers
	@mkdir -p $(AIRFLOW_HOME)
	@echo "Preparing Airflow in $(AIRFLOW_HOME) ..."
	@airflow db migrate > $(AIRFLOW_HOME)/migrate.log 2>&1 || { cat $(AIRFLOW_HOME)/migrate.log; exit 1; }
	@AIRFLOW__LOGGING__LOGGING_LEVEL=WARNING COMMUNIQUE_DUMPS= PYTHONWARNINGS=ignore \
		python dags/news_nightly.py 2026-03-02 2026-03-08
	@communique status
	@communique ask

test: setup ## lint, import law, unit, golden, dbt, DAG, pipeline and fault tests
	ruff check .
	ruff format --check .
	lint-imports
	pytest --numprocesses 2 --dist worksteal

docs: setup ## data dictionary, diagram and dbt's site of the published file, in var/docs
	communique docs $(COMMUNIQUE_HOME)/docs

airflow: setup ## start Airflow for real: scheduler, API server and UI on this machine only
	@mkdir -p $(AIRFLOW_HOME)
	@airflow db migrate > $(AIRFLOW_HOME)/migrate.log 2>&1 || { cat $(AIRFLOW_HOME)/migrate.log; exit 1; }
	@airflow pools set build_file 1 "DuckDB has one writer" > $(AIRFLOW_HOME)/pools.log 2>&1 || { cat $(AIRFLOW_HOME)/pools.log; exit 1; }
	@echo "The UI will be at http://127.0.0.1:$(AIRFLOW__API__PORT) in about a minute; user admin, password in"
	@echo "$(AIRFLOW_HOME)/simple_auth_manager_passwords.json.generated"
	@echo "Unpause news_nightly there and trigger it with a dump date such as 2026-03-02. Unpaused, it"
	@echo "also runs last night by itself, which fails and says so where no dump was delivered."
	airflow standalone

.venv-bi/.ready: include/superset/requirements.lock | setup
	@echo "Setting up Superset in .venv-bi ..."
	@test -x .venv-bi/bin/python || $(PYTHON) -m venv .venv-bi
	@VIRTUAL_ENV=$(CURDIR)/.venv-bi uv pip sync --quiet --compile-bytecode include/superset/requirements.lock
	@touch $@

bi: .venv-bi/.ready ## start Apache Superset with the dashboards, on this machine only: docs/bi.md
	@test -e $(COMMUNIQUE_HOME)/warehouse.duckdb || { \
		echo "Nothing is published in $(COMMUNIQUE_HOME) yet: start with make run."; exit 2; }
	@echo "Preparing Superset in $(COMMUNIQUE_HOME)/superset ..."
	@.venv-bi/bin/python include/superset/prepare.py
	@echo "Superset will be at http://127.0.0.1:$(BI_PORT) in half a minute; user admin, password in"
	@echo "$(COMMUNIQUE_HOME)/superset/admin_password"
	@exec .venv-bi/bin/gunicorn --bind 127.0.0.1:$(BI_PORT) --workers 1 --threads 8 --timeout 120 \
		--log-level warning "superset.app:create_app()"

.venv/.browser: $(READY)
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-build-isolation -e '.[bi]'
	@touch $@

test-bi: .venv/.browser .venv-bi/.ready ## look at Superset and the morning report in a real browser (needs chromium)
	pytest -m bi tests/bi

.venv-distributed/.ready: include/deploy/requirements.lock pyproject.toml | setup
	@echo "Setting up Airflow for many workers in .venv-distributed ..."
	@test -x .venv-distributed/bin/python || $(PYTHON) -m venv .venv-distributed
	@VIRTUAL_ENV=$(CURDIR)/.venv-distributed uv pip sync --quiet --compile-bytecode include/deploy/requirements.lock
	@VIRTUAL_ENV=$(CURDIR)/.venv-distributed uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

distributed: .venv-distributed/.ready ## the environment of Airflow on many workers, in .venv-distributed: docs/larger.md

test-distributed: .venv-distributed/.ready ## nights on many Celery workers, one of which is killed, in object storage, and on Spark (needs redis-server, postgresql and Java 17)
	.venv-distributed/bin/pytest -m distributed tests/distributed --numprocesses 2 --dist worksteal

bench: setup ## time the stages on invented articles, without and with Airflow
	communique bench --airflow

KILLS ?= 200
SEED ?= 1

crash-test: setup ## kill KILLS nights at random points (SEED) and see that the next run finishes each: some ten seconds a kill
	python tests/crashes.py --kills $(KILLS) --seed $(SEED) $(if $(JSON),--json $(JSON))

.venv/.train: $(READY)
	@echo "Adding what training needs ..."
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-build-isolation -e '.[train]'
	@touch $@

train: .venv/.train ## train the tagger on DATA: minutes on a GPU, a day on two cores; goes on where it stopped; HEADS=1: only its small heads
	@test -n "$(DATA)" || { echo "Say where the corpora lie: make train DATA=path/to/data DUMPS=path/to/dumps"; exit 2; }
	python -m communique.training $(DATA) $(if $(DUMPS),--dumps $(DUMPS)) $(if $(HEADS),--heads)

train-positions: .venv/.train ## train the judge of positions on DATA and DUMPS: hours on two cores; PARTS=confidence: only calibrate it
	@test -n "$(DATA)" || { echo "Say where the corpora lie: make train-positions DATA=path/to/data DUMPS=path/to/dumps"; exit 2; }
	python -m communique.training.positions $(DATA) $(if $(DUMPS),--dumps $(DUMPS)) $(if $(PARTS),--parts $(PARTS))

test-training: .venv/.train ## the tests that need what training needs
	pytest -m torch tests/training

lock: ## write requirements.lock anew from pyproject.toml
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --extra dev --extra lake \
		pyproject.toml -o requirements.lock

lock-bi: setup ## write include/superset/requirements.lock anew from requirements.in beside it
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
		include/superset/requirements.in -o include/superset/requirements.lock

lock-distributed: setup ## write include/deploy/requirements.lock anew from requirements.in beside it
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --extra dev --extra lake --extra spark \
		--constraint requirements.lock pyproject.toml include/deploy/requirements.in \
		-o include/deploy/requirements.lock

check-dependencies: setup ## ask the advisory database of PyPI about every pinned package (needs the network)
	@uv tool run --quiet pip-audit==2.10.1 --strict --disable-pip --no-deps \
		--requirement requirements.lock --requirement include/superset/requirements.lock \
		--requirement include/deploy/requirements.lock

clean: ## remove the environment and everything that runs wrote
	rm -rf .venv .venv-bi .venv-distributed var
