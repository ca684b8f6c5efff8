"""The values of the Helm chart, as far as they can be held against Airflow without a cluster."""

import importlib
from collections.abc import Iterator

import pytest
import yaml

from communique.settings import CHECKOUT

pytestmark = pytest.mark.distributed

DEPLOY = CHECKOUT / "include" / "deploy"
VALUES = yaml.safe_load((DEPLOY / "values.yaml").read_text("utf8"))
ON_THE_BUILD_FILE = {"/data/home", "/data/home/lake", "/data/dumps"}


@pytest.fixture(scope="module")
def tasks(tmp_path_factory) -> Iterator[dict]:
    """The tasks of the DAG as the scheduler knows them, under the settings of the chart."""
    home = tmp_path_factory.mktemp("airflow")
    (home / "config").mkdir()
    (home / "config" / "airflow_local_settings.py").write_text(VALUES["airflowLocalSettings"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AIRFLOW_HOME", str(home))
        patch.setenv("AIRFLOW__CORE__EXECUTOR", VALUES["executor"])
        patch.setenv("AIRFLOW__CORE__LOAD_EXAMPLES", "False")
        patch.syspath_prepend(str(home / "config"))
        dagbag = importlib.import_module("airflow.dag_processing.dagbag")
        serialized = importlib.import_module("airflow.serialization.serialized_objects")
        bag = dagbag.DagBag(CHECKOUT / "dags")
        assert bag.import_errors == {}
        told = serialized.DagSerialization.to_dict(bag.dags["news_nightly"])
        yield serialized.DagSerialization.from_dict(told).task_dict


def pod_of(task):
    """The pod that the executor would ask for, on top of the chart's template."""
    generator = importlib.import_module(
        "airflow.providers.cncf.kubernetes.pod_generator"
    ).PodGenerator
    workers = VALUES["workers"]
    template = {
        "spec": {
            "containers": [
                {
                    "name": "base",
                    "env": VALUES["env"],
                    "resources": workers["resources"],
                    "volumeMounts": workers["extraVolumeMounts"],
                }
            ],
            "volumes": workers["extraVolumes"],
        }
    }
    return generator.construct_pod(
        dag_id="news_nightly",
        task_id=task.task_id,
        pod_id="pod",
        try_number=1,
        kube_image=":".join(VALUES["images"]["airflow"].values()),
        date=None,
        args=["-"],
        pod_override_object=generator.from_obj(task.executor_config),
        base_worker_pod=generator.deserialize_model_dict(template),
        namespace="airflow",
        scheduler_job_id="1",
        run_id="night",
    )


def test_only_pods_that_write_the_build_file_have_its_volume_and_all_have_the_lake(tasks):
    for task in tasks.values():
        pod = pod_of(task)
        (container,) = pod.spec.containers
        mounts = {mount.mount_path for mount in container.volume_mounts}
        is_writer = task.queue == "build_file"

        assert mounts == (ON_THE_BUILD_FILE if is_writer else ON_THE_BUILD_FILE - {"/data/home"})
        assert {mount.name for mount in container.volume_mounts} == {
            volume.name for volume in pod.spec.volumes
        }
        assert container.image == "registry.example/communique:0.1.0"


def test_every_option_is_one_of_airflow(tasks):
    options = importlib.import_module("airflow.configuration").conf.configuration_description

    for section, chosen in VALUES["config"].items():
        assert set(chosen) <= set(options[section]["options"]), section


def test_its_airflow_is_the_one_that_is_pinned():
    version = VALUES["airflowVersion"]

    assert f"apache-airflow=={version} " in (DEPLOY / "requirements.lock").read_text("utf8")
    assert f"airflow:slim-{version}-python3.11" in (DEPLOY / "Dockerfile").read_text("utf8")
