"""The article that the project began with, in the tables: who is who, and in which office."""

import json
import shutil
from dataclasses import replace
from datetime import date

import pytest

from communique import warehouse
from communique.settings import CHECKOUT, Settings
from house import House

SEED = CHECKOUT.parent / "shared" / "seed"
NAME = "al-monitor_israel-ukraine-channel"
DAY = date(2023, 6, 28)

pytestmark = pytest.mark.skipif(
    not SEED.is_dir(), reason="the seed article is not part of the project"
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seed")
    night = folder / "dumps" / DAY.isoformat()
    night.mkdir(parents=True)
    shutil.copy(SEED / f"{NAME}.txt", night)
    (night / "dump.yaml").write_text(f"defaults:\n  outlet_name: Al-Monitor\n  published: {DAY}\n")
    settings = replace(Settings.from_environment({}), dumps=folder / "dumps", home=folder / "home")
    run = House(settings).call("run", DAY)
    assert run.returncode == 0, run.stdout + run.stderr
    return lambda sql: warehouse.query(settings.published_file, sql)[1]


def test_every_actor_is_linked_with_country_and_office_of_the_day(ask):
    gold = json.loads((SEED / "gold.json").read_text(encoding="utf-8"))
    rows = ask(
        f"""
        select actors.actor_name, actors.country_code, list(roles.role_title)
        from marts.dim_actors as actors
        inner join marts.fct_actor_mentions as mentions using (actor_id)
        left join marts.dim_actor_roles as roles
            on actors.actor_id = roles.actor_id
            and date '{DAY}' between roles.valid_from and coalesce(roles.valid_to, current_date)
        group by all
        """
    )
    found = {name: (country, set(titles) - {None}) for name, country, titles in rows}

    for actor in gold["actors"]:
        country, titles = found[actor["name"]]
        assert country == actor["country"]
        assert actor["role"] is None or actor["role"] in titles


def test_what_must_not_be_there_is_not_there(ask):
    united_states = "holder_name = 'Government of the United States'"
    own_words = ask(
        f"select statement_id from marts.stance_timeline inner join marts.fct_stances "
        f"using (holder_actor_id, proposition_id) where {united_states} and expression = 'self'"
    )
    photographer = ask(
        "select actor_name from marts.dim_actors where origin = 'observed' "
        "and (actor_name ilike '%garanich%' or actor_name = 'AFP')"
    )
    unnamed = ask("select descriptor from marts.dim_sources where not is_named order by 1")

    assert own_words == []
    assert photographer == []
    assert unnamed == [("unnamed Israeli official",), ("unnamed Ukrainian officials",)]


def test_who_phoned_visited_and_met_whom(ask):
    rows = ask(
        "select interaction_type, mode, initiator_name, recipient_name, requested_by_name "
        "from marts.interaction_log"
    )

    assert sorted(rows, key=str) == [
        ("CONSULT", "meet", "Lloyd Austin", "Yoav Gallant", None),
        ("CONSULT", "phone", "Yoav Gallant", "Oleksii Reznikov", "Lloyd Austin"),
        ("CONSULT", "visit", "Eli Cohen", "Government of Ukraine", None),
    ]
