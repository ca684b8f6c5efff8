import time
from datetime import date, datetime

import pytest

from communique.dumps import Reason, read_file
from communique.dumps.dump_settings import find

TEXT = "The ice is gone.\n\nShips sail.\n"


def test_dump_yaml_fills_what_the_files_do_not_say(read, tmp_path):
    (tmp_path / "dump.yaml").write_text(
        "defaults:\n  outlet_name: Gulf Post\n  outlet_domain: gulfpost.example\n"
        "  published: 2026-03-02\n  language: et\n"
    )
    article = read("sub/ice.txt", TEXT).articles[0]
    assert (article.outlet_name, article.outlet_domain) == ("Gulf Post", "gulfpost.example")
    assert (article.published_at, article.language_code) == (datetime(2026, 3, 2), "et")


def test_what_the_record_says_counts_before_dump_yaml(read, tmp_path):
    (tmp_path / "dump.yaml").write_text("defaults: {outlet_name: Gulf Post}")
    assert read("a.json", '{"text": "Ice.", "source": "Other"}').articles[0].outlet_name == "Other"


def test_the_nearest_dump_yaml_counts(read, tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "dump.yaml").write_text("defaults: {outlet_name: Gulf Post}")
    (tmp_path / "sub/dump.yaml").write_text("defaults: {outlet_name: Port News}")
    assert read("sub/ice.txt", TEXT).articles[0].outlet_name == "Port News"
    assert read("ice.txt", TEXT).articles[0].outlet_name == "Gulf Post"


def test_dump_yaml_names_the_fields_of_an_unknown_shape(read, tmp_path):
    (tmp_path / "dump.yaml").write_text("columns: {text: inhalt, title: kopf, published: am}")
    for name, content in {
        "a.json": '{"inhalt": "Das Eis.", "kopf": "Eis", "am": "2026-03-02"}',
        "a.csv": "kopf,inhalt,am\nEis,Das Eis.,2026-03-02\n",
    }.items():
        article = read(name, content).articles[0]
        assert (article.title, article.body_text) == ("Eis", "Das Eis.")
        assert article.published_precision == "day"


@pytest.mark.parametrize(
    ("pattern", "name", "expected"),
    [
        ("{published}-{author}-{id}", "2015-09-10-laura-jayes-215717098.txt",
         {"author": "Laura Jayes", "published": "2015-09-10"}),
        ("{published}-{author}-{id}", "day/2015-09-10-di-natale-richard-215.txt",
         {"author": "Di Natale Richard", "published": "2015-09-10"}),
        ("{published}-{author}-{id}", "20150910-O'Brien-7.txt",
         {"author": "O'Brien", "published": "20150910"}),
        ("{outlet_domain}_{published}_{language}_{words}", "example.com_20150910T101500Z_en_a.txt",
         {"outlet_domain": "example.com", "language": "en", "published": "20150910T101500Z"}),
        ("{outlet_name} - {title}", "gulf-post - ferries-sail_again",
         {"outlet_name": "Gulf Post", "title": "Ferries sail again"}),
        ("{title}.{id}.txt", "Ice leaves.7.txt", {"title": "Ice leaves"}),
        ("a+b {author}", "a+b aino.txt", {"author": "Aino"}),
        ("a+b {author}", "aab aino.txt", {}),
        ("{published}-{author}-{id}", "yesterday-laura-jayes-7.txt", {}),
        ("{published}-{author}-{id}", "2015-09-10-laura-jayes-7.txt.bak.old", {}),
        ("{author}-{id}", "a" * 300 + "-7", {}),
    ],
)  # fmt: skip
def test_the_name_of_a_file_fills_columns(tmp_path, pattern, name, expected):
    (tmp_path / "dump.yaml").write_text(f'file_name: "{pattern}"')
    assert find(tmp_path, name).read_file_name(name) == expected


def test_the_name_of_a_file_counts_after_the_record_and_before_defaults(read, tmp_path):
    (tmp_path / "dump.yaml").write_text(
        'file_name: "{published}-{author}-{id}"\ndefaults: {author: The desk, language: et}'
    )
    article = read("2015-09-10-laura-jayes-7.txt", TEXT).articles[0]
    assert (article.author, article.published_at) == ("Laura Jayes", datetime(2015, 9, 10))
    assert (article.published_precision, article.language_code) == ("day", "et")
    content = '{"text": "Ice.", "author": "Aino Kallas"}'
    assert read("2015-09-10-laura-jayes-8.json", content).articles[0].author == "Aino Kallas"
    assert read("ice.txt", TEXT).articles[0].author == "The desk"


def test_no_pattern_of_file_names_takes_long(tmp_path):
    (tmp_path / "dump.yaml").write_text("file_name: '{author}a{title}a{id}a{standfirst}b'")
    settings = find(tmp_path, "ice.txt")
    started = time.process_time()
    assert settings.read_file_name("a" * 255) == {}
    assert time.process_time() - started < 5


def test_a_corrected_dump_yaml_counts_at_once(read, tmp_path):
    settings = tmp_path / "dump.yaml"
    settings.write_text("defaults: [")
    assert read("ice.txt", TEXT).rejected
    settings.write_text("defaults: {outlet_name: Gulf Post}")
    assert read("ice.txt", TEXT).articles


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("defaults: [", "no YAML"),
        ("- outlet", "no YAML"),
        ("defaults: [outlet_name]", "no YAML"),
        ("defaults: {published: 2026-99-01}", "no YAML"),
        ("default: {outlet_name: x}", "'default'; it may have defaults, columns, file_name"),
        ("defaults: {outlet: x}", "outlet_name"),
        ("defaults: {language: no}", "quotes"),
        ("columns: {text: 2026-01-01}", "name of a delivered field"),
        ("columns: {text: [a]}", "name of a delivered field"),
        ("\xff", "no YAML"),
        ("file_name: {published}-{author}", "in quotes"),
        ("file_name: 7", "must be a text"),
        ("file_name: '{published}-{autor}'", "'autor'; it may name title"),
        ("file_name: '{published}-{text}'", "'text'"),
        ("file_name: '{published}-{}'", "''"),
        ("file_name: '{author!r}'", "'author'"),
        ("file_name: '{published}{author}'", "a sign between 'published' and 'author'"),
        ("file_name: '{author}-{author}'", "'author' twice"),
        ("file_name: '{author'", "a brace without"),
        ("file_name: '{id}-{words}'", "no column"),
        ("file_name: 'ice.txt'", "no column"),
        ("file_name: '{published}/{author}'", "without its folders"),
        ("file_name: '{words}-{words}-{words}-{author}'", "more than 3"),
    ],
)
def test_a_dump_yaml_that_cannot_be_used_says_what_is_wrong(read, tmp_path, content, said):
    (tmp_path / "dump.yaml").write_bytes(content.encode("latin-1"))
    delivery = read("ice.txt", TEXT)
    assert not delivery.articles
    assert delivery.rejected[0].reason_code == Reason.INVALID_DUMP_SETTINGS
    assert said in delivery.rejected[0].reason
    assert "mend it" in delivery.rejected[0].reason


def test_a_dump_yaml_that_links_out_of_the_dump_folder_is_not_read(read, tmp_path):
    (tmp_path / "secret.yaml").write_text("password: ice")
    (tmp_path / "night").mkdir()
    (tmp_path / "night/dump.yaml").symlink_to("../secret.yaml")
    (tmp_path / "night/ice.txt").write_text(TEXT)
    (record,) = read_file(tmp_path / "night", "ice.txt", dump_date=date(2026, 3, 8)).rejected
    assert "out of the dump folder" in record.reason
    assert "password" not in record.reason
