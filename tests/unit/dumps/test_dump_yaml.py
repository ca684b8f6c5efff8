from datetime import date, datetime

import pytest

from communique.dumps import Reason, read_file

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
        ("default: {outlet_name: x}", "'default'"),
        ("defaults: {outlet: x}", "outlet_name"),
        ("defaults: {language: no}", "quotes"),
        ("columns: {text: 2026-01-01}", "name of a delivered field"),
        ("columns: {text: [a]}", "name of a delivered field"),
        ("\xff", "no YAML"),
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
