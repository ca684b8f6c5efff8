"""A night is read again when anything changed that may change what it yields."""

import csv
import shutil
from dataclasses import replace

import pytest

from communique.settings import Settings
from communique.stages.extract import load_extractor
from communique.stages.judge import load_judge


@pytest.fixture
def settings(tmp_path):
    shipped = Settings.from_environment({})
    shutil.copytree(shipped.dbt_project / "seeds", tmp_path / "seeds")
    return replace(shipped, dbt_project=tmp_path)


def add_row(settings, seed, **values):
    file = settings.dbt_project / "seeds" / f"{seed}.csv"
    with file.open(encoding="utf-8", newline="") as handle:
        columns = csv.DictReader(handle).fieldnames
    with file.open("a", encoding="utf-8", newline="") as handle:
        csv.DictWriter(handle, columns, lineterminator="\n").writerow(values)


def stamps(settings):
    return load_extractor(settings).model_hash, load_judge(settings).codebook_version


def test_the_same_seeds_give_the_same_stamps(settings):
    assert stamps(settings) == stamps(settings)


def test_a_new_name_in_the_registry_is_a_new_reader(settings):
    model, codebook = stamps(settings)

    add_row(settings, "organisations", actor_name="Blue Harbour Watch", actor_type="organisation")

    assert stamps(settings)[0] != model
    assert stamps(settings)[1] == codebook


def test_a_new_cue_word_is_a_new_codebook(settings):
    model, codebook = stamps(settings)

    add_row(
        settings,
        "propositions",
        proposition_id="build_harbour",
        proposition_text="The harbour should be built",
        support_terms="build it",
    )

    assert stamps(settings)[0] == model
    assert stamps(settings)[1] != codebook
