"""The morning report: one page on what a night brought, each word of it with its evidence."""

import re
from datetime import date
from itertools import pairwise

import duckdb
import pytest
from lxml import html

from communique import morning
from communique.morning import contents
from communique.settings import CHECKOUT
from pages import Page

RAW_ID = re.compile(r"\b[0-9a-f]{16}\b")
HOSTILE = "<script>alert(1)</script>\"'><b>\u202e"


class Report:
    """One report, as a tree; `text` of a part has single spaces."""

    def __init__(self, text):
        self.page = Page(text)
        self.tree = html.fromstring(text)

    def section(self, name):
        (found,) = self.tree.xpath("//section[@aria-labelledby = $name]", name=name)
        return found

    def text(self, part=None):
        part = self.tree.find("body") if part is None else part
        return " ".join(part.text_content().split())

    def marked(self, words_id):
        """The words that are marked behind the number of a statement."""
        (number,) = self.tree.xpath("//a[@id = $id]", id=words_id)
        return number.xpath("following-sibling::mark[1]")[0].text_content()


@pytest.fixture(scope="module")
def report(week, tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    written = {}

    def read(day):
        if day not in written:
            file = folder / f"{day}.html"
            run = week.read("report", f"2026-03-0{day}", file)
            assert run.returncode == 0, run.stderr
            written[day] = Report(file.read_text(encoding="utf-8"))
        return written[day]

    return read


def test_a_change_of_position_is_told_with_the_words_that_decided_it(report):
    told = report(6)
    changes = told.section("changes")
    (seoul,) = [
        one
        for one in changes.iter("article")
        if told.text(one).startswith("Government of South Korea")
    ]

    assert told.text(seoul.find("h4")) == "Government of South Korea: ○ neutral → + support"
    assert "Since 6 March 2026" in told.text(seoul)
    assert [told.text(quote) for quote in seoul.iter("blockquote")] == [
        "We support sending weapons to Ukraine because the war has come to our own doorstep",
        "No decision has been made on weapons for Ukraine",
    ]
    assert "Han Seo-jin, President, for Government of South Korea" in told.text(seoul)


def test_a_speaker_and_a_government_that_change_by_the_same_words_are_one_entry(report):
    (change,) = report(4).section("changes").iter("article")

    assert report(4).text(change.find("h4")) == (
        "Park Ji-hoon and Government of South Korea: − oppose → ○ neutral"
    )
    assert "Since 4 March 2026, on 2 independent reports; in their own words" in (
        report(4).text(change)
    )


def test_a_change_that_arrives_late_is_news_of_the_night_that_brought_it(copy, tmp_path):
    with duckdb.connect(copy.settings.published_file.resolve()) as release:
        release.execute(
            """
            update marts.fct_statements set dump_date = '2026-03-08'
            where statement_id in (
                select statement_id from marts.fct_stances
                where proposition_id = 'arm_ukraine' and held_from = '2026-03-04'
            )
            """
        )

    told = {}
    for night in ("2026-03-04", "2026-03-05", "2026-03-08"):
        assert copy.read("report", night, tmp_path / "report.html").returncode == 0
        read = Report((tmp_path / "report.html").read_text(encoding="utf-8"))
        told[night] = read.text(read.section("changes"))

    change = "Park Ji-hoon: − oppose → ○ neutral Since 4 March 2026"
    assert [night for night, text in told.items() if change in text] == ["2026-03-08"]


def test_a_report_does_not_know_what_came_later(report):
    (drawing,) = report(4).section("changes").find_class("timeline")

    told = report(4).text(drawing)
    assert (
        "Government of South Korea: oppose from 2 March 2026, then neutral from 4 March 2026; "
        in told
    )


def test_what_a_correction_tells_once_more_is_no_news(report):
    corrected = report(7)

    position = "Yonatan Barlev: − oppose. Ukraine should be supplied with weapons"
    assert position in report(5).text(report(5).section("first"))
    assert "At this stage we will not send weapons to Ukraine" in corrected.text()
    assert position not in corrected.text(corrected.section("first"))


def test_a_night_without_changes_corrections_and_refusals_says_so(report):
    assert "Nobody changed a position" in report(2).text()
    assert "No later version of an article changed what was said." in report(6).text()


@pytest.mark.parametrize("day", range(2, 9))
def test_every_statement_that_is_told_can_be_read_in_its_article(report, week, day):
    told = report(day)
    spans = {}
    for statement_id, words in week.ask(
        "select statement_id, span_text from marts.statement_spans order by all"
    ):
        spans.setdefault(statement_id, []).append(words)
    links = [link[1:] for link in told.page.links if link.startswith("#")]
    words = {link for link in links if link.startswith("words-")}

    assert set(links) <= told.page.ids
    assert len(words) > 5
    for link in words:
        marked = told.marked(link).split("\n")[0]
        assert any(span.startswith(marked) for span in spans[link.removeprefix("words-")])
        assert link.replace("words-", "about-") in told.page.ids


def test_the_card_of_a_statement_tells_speaker_office_chain_and_other_reports(report):
    told = report(2)
    card = next(
        one
        for one in told.tree.find_class("statement")
        if "Park Ji-hoon, Defense Minister" in told.text(one.find("h4"))
    )

    assert "On behalf of Government of South Korea" in told.text(card)
    assert (
        "Park Ji-hoon: − oppose in their own words Ukraine should be supplied with weapons"
        in told.text(card)
    )
    others = [told.text(one) for one in card.iter("li")]
    assert len(others) == 2
    assert all("2 March 2026" in one and "a copy of the same text" in one for one in others)


def test_a_chain_is_drawn_from_its_unnamed_origin_to_the_publisher(report):
    drawings = [
        drawing
        for drawing in report(5).tree.find_class("chain")
        if "unnamed Israeli official, reported by Axiom Brief, reported by The Capital Ledger."
        in report(5).text(drawing)
    ]

    assert drawings
    for drawing in drawings:
        boxes = [box.get("class") for box in drawing.iter("rect")]
        assert boxes == ["box unnamed", "box", "box"]


@pytest.mark.parametrize("day", range(2, 9))
def test_every_drawing_has_a_title_a_description_and_a_table(report, day):
    for drawing in report(day).tree.xpath("//svg[@role]"):
        title, description = (
            report(day).tree.get_element_by_id(part)
            for part in drawing.get("aria-labelledby").split()
        )
        assert (title.tag, description.tag) == ("title", "desc")
        assert report(day).text(title)
        assert report(day).text(description)
        rows = drawing.getparent().xpath(".//table/tbody/tr")
        bars = drawing.xpath("./svg") or drawing.xpath("./rect")
        assert rows
        if "shares" not in drawing.get("class"):
            assert len(bars) == len(rows)


def test_named_and_unnamed_origins_are_counted_by_outlet(report, week):
    rows = [
        tuple(report(6).text(cell) for cell in row)
        for row in report(6).section("sources").xpath(".//tbody/tr")
    ]

    assert {(row[0], int(row[1]), int(row[2])) for row in rows} == set(
        week.ask(
            """
            select
                outlet_name,
                count(*) filter (where is_origin_named),
                count(*) filter (where not is_origin_named),
            from marts.statement_provenance where dump_date = '2026-03-06' group by outlet_name
            """
        )
    )


def test_what_a_named_source_also_says_does_not_rest_on_unnamed_ones(report, week):
    named = {
        words
        for (words,) in week.ask(
            """
            select content_text from marts.fct_statements where statement_cluster_id in (
                select statement_cluster_id from marts.fct_statements
                where is_origin_named and is_current
            )
            """
        )
    }
    told = [report(2).text(one) for one in report(2).section("sources").iter("blockquote")]
    assert told
    assert not named & set(told)


def test_a_correction_shows_which_words_it_changed(report):
    told = report(7)
    corrections = told.section("corrections")

    assert "Yonatan Barlev, Defense Minister" in told.text(corrections)
    assert "a correction" in told.text(corrections)
    before, after = corrections.xpath("(.//dl)[1]/dd")
    assert told.text(before).startswith("Israel would never supply Ukraine with weapons")
    assert [told.text(one) for one in before.iter("del")] == ["never"]
    assert told.text(after).startswith("Israel would not supply Ukraine with weapons at this stage")
    assert [told.text(one) for one in after.iter("ins")] == ["not", "at this stage"]


def test_what_was_refused_is_told_with_its_file_and_its_reason(report, week):
    told = report(3).text(report(3).section("refused"))
    for file, record, reason in week.ask(
        "select dump_file, record_number, reason from ops.rejected_records "
        "where dump_date = '2026-03-03'"
    ):
        assert f"{file}{f', record {record}' if record else ''}: {reason}" in told


def test_the_state_of_the_checks_names_what_warned_and_what_to_do(report):
    told = report(3).text(report(3).section("checks"))
    assert "103 of 104 checks of what was loaded hold." in told
    assert "models of the build: success" in told
    assert "loads.dump_format" in told
    assert "ops.rejected_records names them and says why." in told


@pytest.mark.parametrize("day", range(2, 9))
def test_the_page_needs_nothing_else_and_shows_no_raw_ids(report, day):
    page = report(day).page

    assert page.loads == []
    assert "default-src 'none'" in page.text
    assert not re.search(r"url\(|@import|<script", page.text)
    assert {link.partition(":")[0] for link in page.links if not link.startswith("#")} <= {
        "http",
        "https",
    }
    assert not RAW_ID.search(report(day).text().rpartition("Release")[0])


@pytest.mark.parametrize("day", range(2, 9))
def test_a_screen_reader_finds_its_way(report, day):
    tree = report(day).tree
    levels = [int(one.tag[1]) for one in tree.xpath("//h1 | //h2 | //h3 | //h4 | //h5")]

    assert tree.get("lang") == "en"
    assert levels.count(1) == 1
    assert all(later <= level + 1 for level, later in pairwise(levels))
    assert len(tree.xpath("//main")) == len(tree.xpath("//footer")) == 1
    assert tree.xpath("//nav[@aria-label]")
    assert all(cell.get("scope") for cell in tree.iter("th"))
    names = [report(day).text(one) for one in tree.iter("a")]
    assert all(names)


def test_more_than_fits_is_counted_and_says_where_it_is(week, tmp_path, monkeypatch):
    monkeypatch.setattr(contents, "_FIRST", 1)
    target = tmp_path / "report.html"
    morning.write_report(week.settings.published_file, date(2026, 3, 6), target)

    shown = Report(target.read_text(encoding="utf-8"))
    assert "8 more: communique ask 11 --as-of 2026-03-06" in shown.text(shown.section("first"))


def test_words_of_articles_are_shown_and_not_obeyed(copy, tmp_path):
    with duckdb.connect(copy.settings.published_file.resolve()) as release:
        for table, change in {
            "dim_actors": "actor_name = actor_name || $words",
            "dim_outlets": "outlet_name = outlet_name || $words",
            "dim_sources": "descriptor = descriptor || $words",
            "dim_propositions": "proposition_text = proposition_text || $words",
            "stance_changes": "holder_name = holder_name || $words",
            "fct_stances": "evidence_text = $words || evidence_text",
            "dim_articles": "canonical_url = 'javascript:alert(1)//' || $words",
            "dim_article_versions": "title = title || $words, "
            "body_text = $words || substr(body_text, length($words) + 1)",
            "correction_log": "before_text = before_text || $words",
        }.items():
            release.execute(f"update marts.{table} set {change}", {"words": HOSTILE})
        release.execute("update ops.rejected_records set reason = reason || ?", [HOSTILE])

    for night in ("2026-03-06", "2026-03-07"):
        file = tmp_path / f"{night}.html"
        assert copy.read("report", night, file).returncode == 0
        told = Report(file.read_text(encoding="utf-8"))
        assert not told.tree.xpath("//script | //b")
        assert not [link for link in told.page.links if "javascript" in link]
        assert "\u202e" not in told.page.text
        assert told.page.text.count("&lt;script&gt;") > 20


def test_the_commands_of_its_page_write_it_into_the_home_or_a_file(copy, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = (CHECKOUT / "docs" / "report.md").read_text(encoding="utf-8")
    commands = re.findall(r"^\.venv/bin/communique (report .+?)\s+#", page, re.MULTILINE)

    told = [copy.read(*command.split()).stdout for command in commands]

    file = copy.settings.home / "reports" / "2026-03-06.html"
    assert told == [f"The night of 2026-03-06 is told in {one}\n" for one in (file, "page.html")]
    assert [one.name for one in file.parent.iterdir()] == [file.name]
    assert (tmp_path / "page.html").read_text("utf-8") == file.read_text("utf-8")


def test_a_night_that_is_not_there_is_told_in_one_line(week, tmp_path):
    run = week.read("report", "2026-04-01", tmp_path / "report.html")

    assert run.returncode == 2
    assert run.stderr.startswith(
        "communique: The published file holds nothing of the night of 2026-04-01: it holds the "
        "nights of 2026-03-02 to 2026-03-08."
    )
    assert run.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_there_is_no_report_before_something_is_published(house):
    run = house.read("report", "2026-03-02")

    assert run.returncode == 2
    assert "Nothing is published" in run.stderr
