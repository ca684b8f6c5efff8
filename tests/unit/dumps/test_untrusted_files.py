import os
import tempfile
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.dumps import Reason, list_files, read_file

NIGHT = date(2026, 3, 8)
NOBODY = 65534
ARTICLE = '{"text": "The ice is gone."}'


@pytest.fixture
def night(tmp_path):
    """A dump folder with something secret beside it."""
    folder = tmp_path / "2026-03-08"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("The password of the port is ice.")
    return folder


def refusal(folder, name):
    delivery = read_file(folder, name, dump_date=NIGHT)
    assert not delivery.articles
    (record,) = delivery.rejected
    return record


@pytest.mark.parametrize(
    "name",
    ["it's \"ice\".json", "two\nlines.json", "..ice.json", "лёд 冰.json", "a;drop table x.json",
     "%2e%2e%2fice.json", "back\\slash.json", " .json", "-rf.json", "sub folder/ice.json"],
)  # fmt: skip
def test_a_file_is_read_under_any_name(night, name):
    (night / name).parent.mkdir(exist_ok=True)
    (night / name).write_text(ARTICLE)
    hidden = name.startswith(".")
    assert list_files(night) == (() if hidden else (name,))
    assert [article.dump_file for article in read_file(night, name, dump_date=NIGHT).articles] == [
        name
    ]


def test_hidden_files_and_folders_and_dump_yaml_are_not_delivered(night):
    for name in (".ice.json", ".git/ice.json", "sub/.cache/ice.json", "sub/dump.yaml"):
        (night / name).parent.mkdir(parents=True, exist_ok=True)
        (night / name).write_text(ARTICLE)
    assert list_files(night) == ()


@pytest.mark.parametrize("target", ["../secret.txt", "/etc/hostname", "sub/../../secret.txt"])
def test_a_link_out_of_the_dump_folder_is_refused_and_not_followed(night, target):
    (night / "sub").mkdir()
    (night / "ice.txt").symlink_to(target)
    assert list_files(night) == ("ice.txt",)
    record = refusal(night, "ice.txt")
    assert record.reason_code == Reason.UNREADABLE_FILE
    assert "out of the dump folder" in record.reason
    assert record.raw_excerpt is None


@pytest.mark.parametrize("target", ["nowhere.txt", "ice.txt", "ice.txt/below"])
def test_a_link_that_leads_nowhere_is_refused(night, target):
    (night / "ice.txt").symlink_to(target)
    assert list_files(night) == ("ice.txt",)
    assert "leads nowhere" in refusal(night, "ice.txt").reason


def test_a_link_to_a_folder_is_refused_instead_of_forgotten(night):
    (night / "sub").mkdir()
    (night / "sub/ice.json").write_text(ARTICLE)
    (night / "again").symlink_to("sub")
    assert list_files(night) == ("again", "sub/ice.json")
    assert "leads to a folder" in refusal(night, "again").reason


def test_a_link_to_a_file_of_the_same_dump_is_read(night):
    (night / "ice.json").write_text(ARTICLE)
    (night / "again.json").symlink_to("ice.json")
    assert len(read_file(night, "again.json", dump_date=NIGHT).articles) == 1


def test_a_dump_folder_that_is_itself_a_link_is_read(night, tmp_path):
    (night / "ice.json").write_text(ARTICLE)
    linked = tmp_path / "linked"
    linked.symlink_to(night)
    assert list_files(linked) == ("ice.json",)
    assert len(read_file(linked, "ice.json", dump_date=NIGHT).articles) == 1


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/hostname", "sub/../../secret.txt"])
def test_a_name_that_climbs_out_of_the_dump_folder_is_refused(night, name):
    (night / "sub").mkdir()
    assert refusal(night, name).reason_code == Reason.UNREADABLE_FILE


def test_a_name_that_is_no_utf_8_is_shown_and_refused(night):
    try:
        (night / os.fsdecode(b"ice\xff.json")).write_text(ARTICLE)
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")
    (name,) = list_files(night)
    assert name == "ice\\xff.json"
    assert "rename" in refusal(night, name).reason


def test_a_pipe_is_no_file(night):
    os.mkfifo(night / "pipe.json")
    (night / "link.json").symlink_to("pipe.json")
    assert list_files(night) == ("link.json",)
    assert refusal(night, "link.json").reason_code == Reason.UNREADABLE_FILE


@pytest.fixture
def open_folder():
    """A dump folder that every user of the machine may enter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@contextmanager
def as_ordinary_user():
    """Give up the rights of root for a while: root may read everything."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


def test_a_file_without_permission_is_refused(open_folder):
    (open_folder / "ice.json").write_text(ARTICLE)
    (open_folder / "ice.json").chmod(0)
    with as_ordinary_user():
        assert "permissions" in refusal(open_folder, "ice.json").reason


def test_a_folder_without_permission_is_refused(open_folder):
    (open_folder / "closed").mkdir()
    (open_folder / "closed" / "ice.json").write_text(ARTICLE)
    (open_folder / "closed").chmod(0)
    with as_ordinary_user():
        assert "permissions" in refusal(open_folder, "closed/ice.json").reason
    (open_folder / "closed").chmod(0o755)


STARTS = st.sampled_from(
    [b"", b"{", b"[", b'{"text": ', b'{"text": "a"}\n', b"title,text\n", b"-- a\n-- b\n",
     b"\x1f\x8b", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b'title;text\n"', b'{"articles": [',
     b'{"date": 1e400, ']
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(
    STARTS,
    st.binary(max_size=60) | st.text(max_size=60).map(str.encode),
)
def test_no_file_stops_the_reading(tmp_path_factory, start, rest):
    folder = tmp_path_factory.mktemp("any", numbered=True)
    (folder / "a").write_bytes(start + rest)
    delivery = read_file(folder, "a", dump_date=NIGHT)
    assert delivery.records_read >= 1
    assert all(record.reason and record.reason_code in set(Reason) for record in delivery.rejected)
