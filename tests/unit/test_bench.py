"""A benchmark needs something to measure, and measures what nights look like."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from communique import lake
from communique.bench import (
    copied_nights,
    history,
    landing,
    linking,
    many_workers,
    night,
    questions,
    sizing,
)
from communique.errors import WrongCallError
from communique.records import Article, ExtractionRun, Mention, Stance
from communique.settings import Settings


@pytest.mark.parametrize(("mentions", "actors"), [(0, 10), (10, 0)])
def test_linking_nothing_is_a_wrong_call(house, mentions, actors):
    with pytest.raises(WrongCallError):
        linking.measure_linking(house.settings, mention_count=mentions, actor_count=actors)


@pytest.mark.parametrize("size", [{}, {"article_count": 0}, {"megabytes": 0}])
def test_landing_nothing_is_a_wrong_call(house, size):
    with pytest.raises(WrongCallError):
        landing.measure_landing(house.settings, **size)


def test_landing_is_timed_with_its_size_and_memory():
    measured = landing.measure_landing(Settings.from_environment({}), megabytes=1)

    assert 1 <= measured.megabytes < 1.1
    assert measured.article_count > 100
    assert measured.cpu_seconds is None or 0 < measured.cpu_seconds < 600
    assert measured.peak_memory_mb is None or 50 < measured.peak_memory_mb < 1024


def test_what_is_measured_reaches_no_lake_and_no_reader_of_the_installation(monkeypatch, tmp_path):
    monkeypatch.setenv("COMMUNIQUE_LAKE", str(tmp_path / "lake"))
    monkeypatch.setenv("COMMUNIQUE_PUBLISH_TO", str(tmp_path / "readers"))
    monkeypatch.setenv("COMMUNIQUE_ALERT_URL", "http://localhost:9/people")
    settings = Settings.from_environment()
    landing.measure_landing(settings, article_count=3)
    apart = settings.apart(tmp_path / "home", workers=1)

    assert list(tmp_path.iterdir()) == []
    assert apart.lake == str(tmp_path / "home" / "lake")
    assert (apart.publish_to, apart.alert_url, apart.workers) == (None, None, 1)
    assert replace(settings, target="ducklake").apart(tmp_path / "home").target == "duckdb"


@pytest.mark.parametrize(("nights", "articles"), [(history.EARLY_NIGHT, 10), (30, 0)])
def test_a_history_without_nights_to_compare_is_a_wrong_call(house, nights, articles):
    with pytest.raises(WrongCallError):
        history.measure_history(house.settings, night_count=nights, articles_a_night=articles)


def test_a_history_of_nothing_is_a_wrong_call(house):
    with pytest.raises(WrongCallError, match="communique run"):
        copied_nights.read_templates(house.settings.lake)


def test_copied_nights_have_their_own_articles_and_every_offset_reproduces_its_words(
    week, tmp_path
):
    templates = copied_nights.read_templates(week.settings.lake)
    texts, words, articles = {}, [], []
    for number in range(3):
        night = date(2025, 1, 1) + timedelta(days=number)
        copied_nights.write_night(str(tmp_path), templates, night, number=number, article_count=100)
        landed, extracted, judged = (
            lake.find(str(tmp_path), step, night) for step in ("landed", "extracted", "judged")
        )
        extraction = lake.read_run(extracted, "extraction_runs", ExtractionRun)
        assert extraction.input_hash == lake.input_hash(landed)
        for article in lake.read_records(landed, "articles", Article):
            articles.append(article.article_id)
            texts[article.article_version_id] = article.body_text
        words += [
            (one.article_version_id, one.char_start, one.char_end, said)
            for folder, table, record_type, column in (
                (extracted, "mentions", Mention, "surface"),
                (judged, "stances", Stance, "evidence_text"),
            )
            for one in lake.read_records(folder, table, record_type)
            for said in [getattr(one, column)]
        ]

    assert len(texts) == 300
    assert 290 <= len(set(articles)) < 300, "some are corrections of the night before"
    assert len(words) > 300
    assert all(texts[version][start:end] == said for version, start, end, said in words)


def test_questions_to_nothing_are_a_wrong_call(house):
    with pytest.raises(WrongCallError, match="communique run"):
        questions.measure_questions(house.settings, statement_count=10)


def test_questions_to_no_statement_are_a_wrong_call(copy):
    with pytest.raises(WrongCallError):
        questions.measure_questions(copy.settings, statement_count=0)


def test_all_questions_are_timed_on_repeated_articles_that_hang_together(copy):
    statements = "select count(distinct statement_id) from marts.fct_statements"
    ((known,),) = copy.ask(statements)

    measured = questions.measure_questions(copy.settings, statement_count=3 * known)

    assert measured.statement_count == 3 * known
    assert set(measured.questions) == {file.stem for file in copy.settings.cookbook.glob("*.sql")}
    assert copy.ask(statements) == [(known,)], "the published file stays as it is"
    copy.settings.published_file.resolve().chmod(0o644)
    questions.repeat_articles(copy.settings.published_file, 3)
    assert copy.ask(statements) == [(3 * known,)]
    for asked in (
        "from marts.fct_statements anti join marts.statement_spans using (statement_id)",
        "from marts.fct_statements as said anti join marts.dim_articles using (article_id)",
        "from marts.fct_statement_hops anti join marts.dim_sources using (source_id)",
        "from marts.fct_stances anti join marts.dim_actors on holder_actor_id = actor_id",
    ):
        assert copy.ask(f"select count(*) {asked}") == [(0,)], asked


def a_night(count, *, shared=0.2, single=0.01):
    stages = dict.fromkeys(sizing.SHARED_OUT, shared * count / 2) | {
        "load_warehouse": 3 + single * count
    }
    return night.Measurement(
        article_count=count, word_count=600 * count, statement_count=5 * count, workers=2,
        seconds=stages, cpu_seconds=stages, lake_mb=count / 100, build_mb=20 + count / 50,
        published_mb=10 + count / 100, extract_share=0.5, extraction_share=0.9,
        extract_words_per_cpu_second=2000, largest_process_mb=500, dag_seconds=None, dag_ratio=None,
    )  # fmt: skip


def test_nights_of_three_sizes_say_what_larger_ones_need():
    sized = sizing.size_up([a_night(100), a_night(400), a_night(1600)])
    ten_thousand, million, _ = sized.needs

    assert sized.foretold == pytest.approx(dict.fromkeys(sized.seconds, 1.0))
    assert ten_thousand.shared_core_hours == pytest.approx(0.2 * 10_000 / 3600)
    assert ten_thousand.single_hours == pytest.approx((3 + 0.01 * 10_000) / 3600)
    assert million.shared_cores == pytest.approx(0.2 * 1e6 / 3600 / (6 - 10_003 / 3600), abs=1)
    assert million.published_gb == pytest.approx((10 + 1e4) / 1024)


def test_where_one_machine_alone_takes_the_whole_night_no_number_of_cores_is_enough():
    sized = sizing.size_up([a_night(count, single=0.1) for count in (100, 400, 1600)])

    assert [one.shared_cores is None for one in sized.needs] == [False, True, True]


def test_a_night_that_took_longer_than_the_smaller_ones_foretold_shows_in_its_stage():
    sized = sizing.size_up([a_night(100), a_night(400), a_night(1600, single=0.03)])

    assert sized.foretold["load_warehouse"] < 0.6
    assert sized.foretold["extract_statements"] == pytest.approx(1)


@pytest.mark.parametrize("sizes", [[100, 200], [100, 100, 100], [0, 10, 20]])
def test_sizes_that_make_no_line_are_a_wrong_call(house, sizes):
    with pytest.raises(WrongCallError):
        sizing.measure_sizes(house.settings, sizes)


def simulated(**costs):
    free = dict.fromkeys(("a_task", "planning", "looking", "joining", "gathering"), 0)
    stage = many_workers.Costs(a_character=[0.001], **(free | costs))
    scheduling = many_workers.Scheduling(a_hop=0, between_starts=0)
    return {one.workers: one for one in many_workers.simulate([stage], scheduling, [1000] * 9000)}


def test_workers_who_only_read_articles_are_as_fast_as_they_are_many():
    simulation = simulated()

    assert simulation[1].seconds == pytest.approx(9000)
    assert all(one.efficiency > 0.9 for workers, one in simulation.items() if workers <= 64)


def test_what_one_does_alone_is_what_many_wait_for():
    alone, many = simulated(gathering=0.01)[1], simulated(gathering=0.01)[64]

    assert alone.seconds == pytest.approx(9090)
    assert many.seconds == pytest.approx(90 + simulated()[64].seconds)
    assert many.efficiency < 0.75


def test_workers_who_look_through_the_whole_night_for_each_chunk_lose_by_it():
    assert simulated(looking=0.01)[64].seconds > 1.5 * simulated()[64].seconds


def test_a_night_too_small_to_be_shared_out_is_a_wrong_call(week):
    with pytest.raises(WrongCallError, match="chunks: give more --articles"):
        many_workers.simulate_workers(week.settings, article_count=20)
