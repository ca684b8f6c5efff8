"""The registry is reviewed data: a wrong row stops the build and is named."""

import shutil
from dataclasses import replace

import pytest

from communique.errors import CheckFailedError, CommuniqueError
from communique.stages import load, transform
from house import LAST_NIGHT


@pytest.fixture
def build(copy, tmp_path):
    """Build the week with rows added to seeds of a dbt project of its own."""

    def run(**rows):
        project = tmp_path / "dbt_project"
        shutil.copytree(
            copy.settings.dbt_project, project, ignore=shutil.ignore_patterns("target", "logs")
        )
        for seed, row in rows.items():
            with (project / "seeds" / f"{seed}.csv").open("a", encoding="utf-8") as file:
                file.write(f"{row}\n")
        return transform.do(replace(copy.settings, dbt_project=project), LAST_NIGHT)

    return run


@pytest.mark.parametrize(
    ("seed", "row", "named"),
    [
        (
            "organisations",
            "Bureau of Tides,organisation,ZZZ,GOV,",
            "seed organisations, seed_row Bureau of Tides, country_code ZZZ",
        ),
        (
            "office_holders",
            "Ada Example,President,GOV,USA,,2014-06-01,2014-07-01,",
            "actor_name Barack Obama, valid_from 2009-01-20, valid_to 2017-01-19, "
            "other_actor_name Ada Example, other_valid_from 2014-06-01",
        ),
        (
            "organisations",
            "Bureau of Tides,organisation,,GOV,The Pentagon",
            "folded_alias pentagon, actor_count 2",
        ),
    ],
    ids=["a wrong country code", "two holders of one office", "a name of two actors"],
)
def test_a_wrong_row_of_the_registry_stops_the_build_and_is_named(build, seed, row, named):
    with pytest.raises(CheckFailedError) as error:
        build(**{seed: row})

    assert named in str(error.value)


def test_a_day_that_is_no_day_stops_the_build_and_is_named(build):
    with pytest.raises(CommuniqueError, match=r"Line: \d+ Original Line: Ada Example"):
        build(office_holders="Ada Example,President,GOV,ATG,,2014-13-01,,")


def test_a_review_of_a_row_that_is_gone_is_reported(copy):
    copy.settings.reviews_file.write_text(
        "target_table,target_id,decision,reviewer,reviewed_at,note\n"
        "fct_stances,0123456789abcdef,rejected,ada,2026-03-09T08:00:00,misread\n"
    )
    load.do(copy.settings, LAST_NIGHT)

    report = transform.do(copy.settings, LAST_NIGHT)

    (note,) = report.notes
    assert "target_table fct_stances, target_id 0123456789abcdef, decision rejected" in note
