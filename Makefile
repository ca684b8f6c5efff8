.DELETE_ON_ERROR:
.PHONY: setup run test airflow bench clean

PYTHON ?= python3.11
HOME_FOLDER := $(or $(COMMUNIQUE_HOME),$(CURDIR)/var)
BIN := $(CURDIR)/.venv/bin

export AIRFLOW_HOME ?= $(HOME_FOLDER)/airflow
export AIRFLOW__CORE__DAGS_FOLDER := $(CURDIR)/dags
export AIRFLOW__CORE__LOAD_EXAMPLES := False
export AIRFLOW__CORE__PARALLELISM := 4
export AIRFLOW__API__HOST := 127.0.0.1
