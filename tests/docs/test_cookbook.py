"""Every question of the cookbook has its answer, and the answer is what the sample says."""

import re
from datetime import date

import pytest

from communique import cookbook
from communique.settings import CHECKOUT

COOKBOOK = CHECKOUT / "docs" / "cookbook"
QUESTIONS = cookbook.read_questions(COOKBOOK)
NAMES = [question.name for question in QUESTIONS]
MARCH = date(2026, 3, 1)
THE_AGENCY_AND_TWO_PAPERS = "Harbour Tribune, Meridian News Agency, Straits Daily"


def march(day):
    return date(2026, 3, day)


@pytest.fixture
def answer(week):
    def ask(name):
        return week.ask((week.settings.cookbook / f"{name}.sql").read_text(encoding="utf-8"))

    return ask


def lines_of(name):
    return (COOKBOOK / f"{name}.sql").read_text(encoding="utf-8").splitlines()


def test_there_is_a_file_for_every_question():
    assert [name[:2] for name in NAMES] == [f"{number:02}" for number in range(19)]


@pytest.mark.parametrize("name", NAMES)
def test_every_question_has_a_short_answer_on_the_sample(answer, name):
    rows = answer(name)
    assert 1 <= len(rows) <= 20
    assert len(rows[0]) <= 8


@pytest.mark.parametrize("name", NAMES)
def test_the_first_line_of_every_file_is_a_question(name):
    assert re.fullmatch(r"-- [A-Z].+\?", lines_of(name)[0])


@pytest.mark.parametrize("name", NAMES)
def test_every_query_asks_the_published_schemas_only_and_fixes_the_order(name):
    sql = " ".join(line for line in lines_of(name) if not line.startswith("--"))
    schemas = set(re.findall(r"\b(?:from|join) (\w+)\.", sql))
    assert schemas
    assert schemas <= {"marts", "ops"}
    assert sql.rfind("order by ") > sql.rfind(" from ")
    assert not re.search(r"select( distinct)? \*", sql)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_what_a_question_may_be_asked_about_is_an_option(question):
    used = set(re.findall(r"getvariable\((.+?)\)", question.sql))
    assert used == {f"'{name}'" for name in question.parameters}


@pytest.mark.parametrize("name", NAMES)
def test_no_answer_shows_an_id_where_there_is_a_name(answer, week, name):
    ids = {
        value
        for (value,) in week.ask(
            """
            select proposition_id from marts.dim_propositions
            union all select actor_id from marts.dim_actors
            union all select source_id from marts.dim_sources
            union all select outlet_id from marts.dim_outlets
            union all select statement_id from marts.fct_statements
            union all select article_id from marts.dim_articles
            """
        )
    }
    words = {
        word for row in answer(name) for value in row for word in re.split(r"[,; ]+", str(value))
    }
    assert not words & ids


def test_the_readme_links_every_question():
    readme = (COOKBOOK / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\((\S+)\.sql\)", readme) == NAMES


def test_the_warehouse_counts_what_the_week_delivered(answer, week):
    counts = {what: how_many for _, what, how_many in answer("00-what-is-here")}
    assert counts["articles"] == 72
    assert counts["versions of articles"] == 73
    assert counts["records refused"] == 11
    assert counts["statements, all versions"] > counts["statements, current versions"]
    ((unnamed, sources),) = week.ask(
        "select count(*) filter (where not is_named), count(*) from marts.dim_sources"
    )
    assert (counts["sources without a name"], counts["sources"]) == (unnamed, sources)
    assert 0 < unnamed < sources


def test_almagor_states_that_israel_is_against_arming_ukraine(answer):
    said = [row for row in answer("01-position-by-month") if row[2] == "Dvora Almagor"]
    assert [(row[0], row[3], row[5], row[6]) for row in said] == [
        (MARCH, "oppose", "The Capital Ledger", False)
    ]


def test_the_month_gives_one_score_to_israel(answer):
    scores = {row[1] for row in answer("01-position-by-month")}
    assert len(scores) == 1
    assert -1 <= scores.pop() < -0.5


def test_nobody_states_that_israel_supports_arming_ukraine(answer):
    assert {row[3] for row in answer("01-position-by-month")} == {"oppose"}


def test_park_sets_a_condition_two_days_after_ruling_weapons_out(answer):
    change = next(row for row in answer("02-position-changes") if row[1] == "Park Ji-hoon")
    assert change == (
        march(4),
        "Park Ji-hoon",
        "Ukraine should be supplied with weapons",
        "oppose -> neutral",
        "Seoul would send weapons to Ukraine only if Pyongyang’s soldiers joined the war",
        "Harbour Tribune",
    )


def test_south_korea_moves_from_oppose_to_neutral_to_support(answer):
    changes = answer("02-position-changes")
    assert [row[0:4:3] for row in changes if row[1] == "Government of South Korea"] == [
        (march(4), "oppose -> neutral"),
        (march(6), "neutral -> support"),
    ]


def test_israel_and_china_stay_where_they_are(answer):
    changed = {row[1] for row in answer("02-position-changes")}
    assert not changed & {"Government of Israel", "Government of China"}


def test_the_chain_tells_through_which_outlets_the_words_came(answer):
    chains = {row[1]: row for row in answer("03-chain-of-attribution")}
    assert chains["Bondarchuk had waited for the call since January"] == (
        "Levant Monitor < Harbour Tribune < unnamed Ukrainian officials",
        "Bondarchuk had waited for the call since January",
        False,
        march(2),
    )
    assert chains["Washington understands the Israeli position"] == (
        "Levant Monitor < Axiom Brief < unnamed Israeli official",
        "Washington understands the Israeli position",
        False,
        march(2),
    )
    assert chains["An embargo on Russian oil would be a disaster for our families"] == (
        "Northern Courier < Harbour Tribune < Gabor Szalai",
        "An embargo on Russian oil would be a disaster for our families",
        True,
        march(2),
    )


def test_tavakoli_writes_to_the_united_nations(answer):
    chains = {row[1]: row[0] for row in answer("03-chain-of-attribution")}
    assert chains["They are illegal sanctions, and Iran will not bow"] == (
        "Northern Courier < letter < Reza Tavakoli"
    )


def test_axiom_brief_rests_most_on_unnamed_origins(answer, week):
    shares = answer("04-unnamed-share")
    assert shares[0][0] == "Axiom Brief"
    assert shares[0][3] > 2 * max(row[3] for row in shares[1:])
    counted = week.ask(
        """
        select outlet_name, count(*), round(avg(cast(not is_origin_named as integer)), 2),
            round(avg(len(string_split(attribution_chain, ' < '))), 2)
        from marts.statement_provenance group by outlet_name
        """
    )
    assert sorted((row[0], *row[2:]) for row in shares) == sorted(counted)


@pytest.mark.parametrize(
    ("speaker", "office", "government"),
    [
        ("Dvora Almagor", "Prime Minister", "Government of Israel"),
        ("Eitan Roshal", "Foreign Minister", "Government of Israel"),
        ("Yonatan Barlev", "Defense Minister", "Government of Israel"),
        ("Olena Hrytsak", "President", "Government of Ukraine"),
        ("Taras Bondarchuk", "Defense Minister", "Government of Ukraine"),
    ],
)
def test_speakers_hold_their_office_and_speak_for_their_government(
    answer, speaker, office, government
):
    offices = answer("05-office-of-the-day")
    assert {row[:3] for row in offices if row[0] == speaker} == {(speaker, office, government)}


def test_park_speaks_for_south_korea_by_his_office(answer):
    offices = answer("05-office-of-the-day")
    assert {row[2] for row in offices if row[0] == "Park Ji-hoon"} == {"Government of South Korea"}


def test_park_is_defense_minister_all_week(answer):
    offices = answer("05-office-of-the-day")
    assert {row[1] for row in offices if row[0] == "Park Ji-hoon"} == {"Defense Minister"}


def test_copies_of_a_wire_story_count_as_one_report(answer):
    reports = {row[0]: row[1:] for row in answer("06-independent-reports")}
    assert reports["South Korea will not supply Ukraine with weapons"] == (
        "Park Ji-hoon",
        3,
        1,
        0,
        THE_AGENCY_AND_TWO_PAPERS,
    )


def test_a_paper_that_repeats_another_is_marked_as_second_hand(answer):
    reports = {row[0]: row[1:] for row in answer("06-independent-reports")}
    speaker, printed, _, second_hand, outlets = reports[
        "Washington understands the Israeli position"
    ]
    assert (speaker, printed, second_hand) == ("unnamed Israeli official", 2, 1)
    assert outlets == "Axiom Brief, Levant Monitor"


def test_copies_of_a_short_statement_count_as_one_report_too(answer):
    reports = {row[0]: row[2:4] for row in answer("06-independent-reports")}
    assert reports.get("South Korea to send weapons to Ukraine") == (3, 1)


def test_the_correction_shows_what_was_said_before(answer):
    corrections = answer("07-corrections")
    assert [(row[0], row[1], row[2]) for row in corrections] == [
        (march(7), "Yonatan Barlev", "Israel would never supply Ukraine with weapons"),
        (march(7), "Yonatan Barlev", "We will never send weapons to Ukraine"),
    ]
    assert {row[4] for row in corrections} == {
        "https://harbourtribune.example/2026/03/05/barlev-interview"
    }


def test_the_correction_shows_what_is_said_after(answer):
    assert [row[3] for row in answer("07-corrections")] == [
        "Israel would not supply Ukraine with weapons at this stage",
        "At this stage we will not send weapons to Ukraine",
    ]


def test_outlets_that_rest_on_others_cite_them(answer):
    rows = answer("08-who-cites-whom")
    assert rows[0][:3] == ("Levant Monitor", "Axiom Brief", MARCH)
    assert rows[0][3] >= 3
    assert set(rows) >= {
        ("The Capital Ledger", "Axiom Brief", MARCH, 2),
        ("Levant Monitor", "Harbour Tribune", MARCH, 1),
        ("Northern Courier", "Harbour Tribune", MARCH, 1),
        ("The Capital Ledger", "Northern Courier", MARCH, 1),
    }


def test_barlev_phoned_bondarchuk_at_the_request_of_whitaker(answer):
    calls = [row for row in answer("09-who-met-whom") if row[3] == "Taras Bondarchuk"]
    assert calls == [
        (
            date(2026, 2, 26),
            "Yonatan Barlev",
            "phone",
            "Taras Bondarchuk",
            "Daniel Whitaker",
            None,
            "Levant Monitor",
        )
    ]


def test_whitaker_phoned_barlev_on_the_sunday_before(answer):
    calls = [row for row in answer("09-who-met-whom") if row[1] == "Daniel Whitaker"]
    assert [row[:4] for row in calls] == [(MARCH, "Daniel Whitaker", "phone", "Yonatan Barlev")]


def test_who_calls_for_sanctions_phones_nobody(answer):
    phoned = {row[1] for row in answer("09-who-met-whom") if row[2] == "phone"}
    assert not phoned & {"Katrin Vogler", "Liu Wenhao", "Nadia Khoury", "Reza Tavakoli"}


def test_vogler_and_marchand_meet_on_the_day_they_met_and_not_when_they_were_to(answer):
    assert [row[0] for row in answer("09-who-met-whom") if row[1] == "Katrin Vogler"] == [march(6)]


def test_israel_and_the_united_kingdom_clash_and_never_agree(answer):
    pairs = {frozenset(row[:2]): row[2:] for row in answer("10-who-agrees")}
    agreements, conflicts, propositions = pairs[
        frozenset({"Government of Israel", "Government of the United Kingdom"})
    ]
    assert (agreements, propositions) == (
        0,
        "A Palestinian state should exist beside Israel; "
        "The fighting in Gaza should stop with a ceasefire",
    )
    assert conflicts >= 2


def test_china_and_taiwan_never_agree_on_arms_for_taiwan(answer):
    pairs = {frozenset(row[:2]): row[2:] for row in answer("10-who-agrees")}
    assert pairs[frozenset({"Government of China", "Government of Taiwan"})][0] == 0


@pytest.mark.parametrize(
    ("holder", "position", "since"),
    [
        ("Government of South Korea", "support", march(6)),
        ("Government of Ukraine", "support", march(2)),
        ("Dvora Almagor", "oppose", march(2)),
        ("Olena Hrytsak", "support", march(4)),
        ("Kang Dae-ho", "oppose", march(6)),
        ("Government of Israel", "oppose", march(2)),
        ("Arkady Belov", "oppose", march(7)),
    ],
)
def test_all_sides_stand_on_8_march_where_they_were_heard(answer, holder, position, since):
    stands = {row[0]: row[1:3] for row in answer("11-positions-as-of")}
    assert stands.get(holder) == (position, since)


def test_what_levytsky_says_moscow_wants_stays_apart_from_what_moscow_says(answer, week):
    rows = answer("12-imputed-and-own-words")
    assert {(kind, speaker) for _, _, kind, speaker, _, _ in rows} == {
        ("imputed", "Ihor Levytsky"),
        ("own words", "Gleb Sorokin"),
    }
    assert [row[4:] for row in rows if row[2] == "own words"] == [
        ("support", "Russia is ready for peace talks on Ukraine without conditions")
    ]
    assert [row[5] for row in rows if row[2] == "imputed"] == [
        "Russia rejects peace talks because it believes time is on its side",
    ]
    assert not week.ask(
        """
        select 1
        from marts.stance_timeline as timeline
        inner join marts.fct_statements as statements
            on statements.statement_id in (
                timeline.first_statement_id, timeline.last_statement_id
            )
        inner join marts.dim_actors as speakers
            on statements.speaker_actor_id = speakers.actor_id
        where timeline.holder_name = 'Government of Russia'
            and speakers.actor_name = 'Ihor Levytsky'
        """
    )


def test_levytsky_says_that_russia_is_against_talks(answer):
    rows = answer("12-imputed-and-own-words")
    assert {row[4] for row in rows if row[2] == "imputed"} == {"oppose"}


def test_the_words_behind_a_number_stand_where_they_are_said_to_stand(answer, week):
    rows = answer("13-words-behind-a-number")
    assert {row[4] for row in rows} >= {
        "2026-03-02/agency-and-partners.jsonl #1",
        "2026-03-02/agency-and-partners.jsonl #2",
        "2026-03-02/feeds.jsonl.gz #1",
        "2026-03-04/feeds.jsonl.gz #1",
    }
    for words, characters, around, url, _, made_by in rows:
        ((body, version, codebook),) = week.ask(
            """
            select versions.body_text, runs.extractor_version, runs.codebook_version
            from marts.dim_articles as articles
            inner join marts.dim_article_versions as versions
                on articles.current_article_version_id = versions.article_version_id
            inner join marts.dim_extraction_runs as runs on versions.dump_date = runs.dump_date
            where articles.canonical_url = ?
            """,
            url,
        )
        start, end = map(int, characters.split("-"))
        before, after = around.split("[...]")
        assert body[start:end].startswith(words.split(" [...]")[0])
        assert body[:start].endswith(before)
        assert body[end:].startswith(after)
        assert len(before) > 20
        assert made_by == f"{version} {codebook}"


def test_the_taliban_are_talked_about_but_silent(answer):
    silent = {row[0]: row[1:] for row in answer("14-talked-about-but-silent")}
    assert silent["Taliban"] == ("group", 2, march(8), march(8))


def test_governments_whose_ministers_speak_are_not_silent(answer):
    silent = {row[0] for row in answer("14-talked-about-but-silent")}
    assert not silent & {
        "Government of Iran",
        "Government of South Korea",
        "Government of Taiwan",
        "Government of Ukraine",
        "Government of the United States",
    }


def test_every_night_tells_what_it_read_refused_and_warned_of(answer):
    assert [row[:6] for row in answer("15-trust-the-night")] == [
        (march(8), 9, 1, 0, 0, 0),
        (march(7), 11, 1, 0, 0, 1),
        (march(6), 13, 1, 0, 0, 1),
        (march(5), 13, 2, 0, 0, 0),
        (march(4), 14, 3, 0, 0, 0),
        (march(3), 13, 2, 0, 0, 1),
        (march(2), 13, 1, 1, 0, 0),
    ]


def test_unresolved_speakers_and_doubtful_stances_add_up(answer, week):
    rows = answer("15-trust-the-night")
    ((unresolved, doubtful),) = week.ask(
        """
        select
            (select count(*) from marts.fct_statements where speaker_actor_id is null),
            (select count(*) from marts.doubtful_stances)
        """
    )
    assert (sum(row[6] for row in rows), sum(row[7] for row in rows)) == (unresolved, doubtful)


def test_before_the_correction_barlev_still_says_never(answer):
    then = {row[0]: row[1:5] for row in answer("16-as-known-then")}
    assert then["Israel would never supply Ukraine with weapons"] == (march(5), 1, march(5), False)
    assert then["We will never send weapons to Ukraine"] == (march(5), 1, march(5), False)
    assert not any("at this stage" in words.lower() for words in then)


def test_an_aide_is_privately_for_what_israel_is_publicly_against(answer):
    said = [row for row in answer("17-private-and-public") if row[0] == march(8)]
    assert [row[1:4] for row in said] == [
        (
            "Axiom Brief < three people who heard him",
            "An aide to Israeli Defense Minister Yonatan Barlev privately supports"
            " sending weapons to Ukraine",
            "oppose",
        )
    ]


def test_officials_without_a_name_say_what_israel_says_in_public(answer):
    said = {(row[0], row[1]): row[2] for row in answer("17-private-and-public")}
    assert said[march(3), "Axiom Brief < two Israeli officials"] == (
        "Israel is preparing a written answer to the American request for weapons for Ukraine"
    )
    assert "Israel is still against supplying Ukraine with weapons" in said.values()


def test_two_people_and_not_whitaker_tell_of_his_call(answer):
    assert "Axiom Brief < two people familiar with the call" in {
        row[1] for row in answer("17-private-and-public")
    }


def test_unnamed_sources_are_profiled_by_country_sector_and_rank(answer, week):
    profiles = answer("18-unnamed-sources")
    israelis = [row for row in profiles if row[:3] == ("Government of Israel", "GOV", "official")]

    ((_, _, _, month, sources, outlets, _),) = israelis
    assert month == MARCH
    assert sources >= outlets > 1
    merged = week.ask(
        """
        select count(*) from (
            select source_id from marts.dim_sources where not is_named
            group by source_id having count(distinct article_id) > 1
        )
        """
    )
    assert merged == [(0,)]
