"""What people decide about actors, names and offices holds in every mart and every rebuild."""

import pytest

from communique import warehouse
from communique.errors import CheckFailedError
from communique.stages import audit, load, publish, transform
from house import LAST_NIGHT, differences

HEADER = "target_table,target_id,decision,reviewer,reviewed_at,note,value\n"


@pytest.fixture
def ask(copy):
    def query(sql):
        return warehouse.query(copy.settings.build_file, sql)[1]

    return query


@pytest.fixture
def decide(copy):
    """Write the decisions and build the week anew."""

    def build(*lines):
        copy.settings.reviews_file.write_text(HEADER + "".join(f"{line}\n" for line in lines))
        load.do(copy.settings, LAST_NIGHT)
        return transform.do(copy.settings, LAST_NIGHT)

    return build


def review(table, row, decision, value=""):
    return f"{table},{row},{decision},ada,2026-03-09T08:00:00,,{value}"


@pytest.fixture
def actor(ask):
    def actor_id(name):
        ((found,),) = ask(f"select actor_id from marts.dim_actors where actor_name = '{name}'")
        return found

    return actor_id


def test_decisions_show_in_the_marts_as_a_build_of_everything_shows_them(
    decide, ask, actor, copy, grow
):
    park, barlev, almagor = actor("Park Ji-hoon"), actor("Yonatan Barlev"), actor("Dvora Almagor")
    ((park_statements,),) = ask(
        f"select count(*) from marts.fct_statements where speaker_actor_id = '{park}'"
    )
    ((surname,),) = ask(
        "select actor_alias_id from marts.dim_actor_aliases "
        f"where alias = 'Almagor' and actor_id = '{almagor}'"
    )
    ((full_name,),) = ask(
        "select actor_alias_id from marts.dim_actor_aliases "
        f"where alias = 'Reza Tavakoli' and actor_id = '{actor('Reza Tavakoli')}'"
    )
    ((hrytsak_office,),) = ask(
        "select actor_role_id from marts.dim_actor_roles "
        f"where actor_id = '{actor('Olena Hrytsak')}'"
    )
    ((vogler_office, first_day),) = ask(
        "select actor_role_id, valid_from from marts.dim_actor_roles "
        f"where actor_id = '{actor('Katrin Vogler')}' order by evidence_count desc limit 1"
    )

    report = decide(
        review("dim_actors", park, "merge", barlev),
        review("dim_actors", barlev, "merge", actor("Kang Dae-ho")),
        review("dim_actors", actor("Kang Dae-ho"), "rename", "Kang the Elder"),
        review("dim_actor_aliases", surname, "reject"),
        review("dim_actor_aliases", full_name, "reject"),
        review("dim_actor_roles", hrytsak_office, "reject"),
        review("dim_actor_roles", vogler_office, "end", first_day),
    )

    assert report.notes == ()
    kang = actor("Kang the Elder")
    assert ask(
        f"select review_status, count(*) from marts.dim_actors where actor_id in "
        f"('{park}', '{barlev}', '{kang}') group by all"
    ) == [("renamed", 1)]
    ((merged_statements,),) = ask(
        f"select count(*) from marts.fct_statements where speaker_actor_id = '{kang}'"
    )
    assert merged_statements > park_statements > 0
    assert ask(
        "select mention_count, review_status from marts.dim_actor_aliases "
        f"where actor_alias_id = '{surname}'"
    ) == [(0, "rejected")]
    assert ask(
        f"select count(*) from marts.fct_actor_mentions where surface = 'Almagor'"
        f" and actor_id = '{almagor}'"
    ) == [(0,)]
    assert ask(
        "select origin, country_code is not null from marts.dim_actors "
        "where actor_name = 'Reza Tavakoli'"
    ) == [("observed", True)]
    assert ask(
        f"select review_status from marts.dim_actor_roles where actor_role_id = '{hrytsak_office}'"
    ) == [("rejected",)]
    assert ask(
        f"select count(*) from marts.fct_statements where speaker_role_id = '{hrytsak_office}'"
    ) == [(0,)]
    assert ask(
        "select valid_to, review_status from marts.dim_actor_roles "
        f"where actor_role_id = '{vogler_office}'"
    ) == [(first_day, "ended")]
    for do in (audit.do, publish.do):
        do(copy.settings, LAST_NIGHT)
    assert differences(copy, grow(copy)) == {}


def test_merges_that_cannot_be_made_stop_the_build_and_are_named(decide, actor):
    park, barlev, reuters = actor("Park Ji-hoon"), actor("Yonatan Barlev"), actor("Reuters")

    with pytest.raises(CheckFailedError) as error:
        decide(
            review("dim_actors", park, "merge", barlev),
            review("dim_actors", barlev, "merge", park),
            review("dim_actors", actor("Kang Dae-ho"), "merge", reuters),
        )

    message = str(error.value)
    assert f"target_id {park}" in message
    assert "the merges run in a circle" in message
    assert "outlets may not be merged: correct seeds/outlets.csv" in message


def test_a_merge_into_nobody_stops_the_build_and_reviews_of_rows_that_are_gone_are_reported(
    decide, actor
):
    gone, park = "0123456789abcdef", actor("Park Ji-hoon")

    report = decide(
        review("dim_actors", gone, "rename", "Nobody"),
        review("dim_actor_aliases", gone, "reject"),
        review("dim_actor_roles", gone, "reject"),
    )

    (note,) = report.notes
    for table in ("dim_actors", "dim_actor_aliases", "dim_actor_roles"):
        assert f"target_table {table}, target_id {gone}" in note

    with pytest.raises(CheckFailedError, match="value is no actor_id of dim_actors"):
        decide(review("dim_actors", park, "merge", gone))
