"""A history that grew by nights, in whatever order, is what one build of everything makes."""

import json
import random
import shutil
from dataclasses import replace

from communique import lake
from house import FIRST_NIGHT, SAMPLES, House, differences


def content_hash(house: House) -> str:
    ((content,),) = house.ask(
        "select marts_hash from ops.publications order by published_at desc limit 1"
    )
    return content


def dates_that_step_back(house: House, table: str) -> int:
    """Count rows that lie behind those of a later night, so that a night must search for them."""
    ((count,),) = house.ask(
        "select count(*) from (select dump_date < lag(dump_date) over (order by rowid) as is_back "
        f"from marts.{table}) where is_back"
    )
    return count


def test_the_week_that_grew_night_by_night_is_what_one_build_of_everything_makes(week, grow):
    whole = grow(week)

    assert differences(week, whole) == {}
    assert content_hash(week) == content_hash(whole)
    assert dates_that_step_back(whole, "fct_statements") == 0
    assert dates_that_step_back(whole, "statement_provenance") == 0


def test_nights_that_come_in_another_order_make_the_same_week(week, grow):
    nights = lake.dump_dates(week.settings.lake, "judged")
    random.Random(7).shuffle(nights)

    grown = grow(week, nights[:3], nights[3:6], nights[6:])

    assert differences(week, grown) == {}
    assert content_hash(week) == content_hash(grown)


def test_a_first_night_that_is_delivered_again_otherwise_reaches_all_nights(copy, grow, tmp_path):
    dumps = tmp_path / "dumps"
    night = dumps / str(FIRST_NIGHT)
    shutil.copytree(SAMPLES / str(FIRST_NIGHT), night)
    leave_out_the_agency(night)
    deliver_later_articles_early(night, copy)

    run = House(replace(copy.settings, dumps=dumps)).call("run", FIRST_NIGHT)

    assert run.returncode == 0, run.stdout + run.stderr
    assert copy.ask(
        "select count(*) from marts.dim_article_versions "
        "where change_type <> 'first' and article_id in "
        "(select article_id from marts.dim_article_versions where dump_file = 'early.jsonl')"
    ) > [(2,)]
    assert differences(copy, grow(copy)) == {}


def leave_out_the_agency(night):
    """Take away the originals of wire stories, which others have printed."""
    file = night / "agency-and-partners.jsonl"
    kept = [line for line in file.open(encoding="utf-8") if "meridian-news" not in line]
    file.write_text("".join(kept), encoding="utf-8")


def deliver_later_articles_early(night, house):
    """Deliver articles of later nights, shorter, and as what another outlet had first.

    What later nights delivered becomes a later version and a copy, offices and names are known
    earlier, and the counts by which names are linked are others.
    """
    later = house.ask(
        "select canonical_url, outlet_name, versions.title, body_text from marts.dim_articles "
        "inner join marts.dim_article_versions as versions using (article_id) "
        "inner join marts.dim_outlets using (outlet_id) "
        "where versions.dump_date > ? and versions.version_number = 1 "
        "and canonical_url is not null and language_code = 'en' order by canonical_url",
        FIRST_NIGHT,
    )
    records = []
    for number, (url, outlet, title, text) in enumerate(later):
        record = {"url": url, "source": outlet, "title": title, "date": str(FIRST_NIGHT)}
        if number % 2:
            record |= {"url": f"https://early.example/{number}", "source": "Early Bird"}
        else:
            text = text[: len(text) * 3 // 4]
        records.append(record | {"text": text})
    (night / "early.jsonl").write_text(
        "".join(json.dumps(record) + "\n" for record in records), encoding="utf-8"
    )
