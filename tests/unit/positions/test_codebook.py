"""The codebook is edited by people: what cannot be judged is named."""

import pytest

from communique.errors import CommuniqueError
from communique.positions.codebook import Codebook

BRIDGE = {"proposition_id": "open_bridge", "proposition_text": "The bridge should be opened"}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            {"proposition_id": "bridge", "proposition_text": "The bridge"},
            "row 3: bridge has no direction: 'The bridge'",
        ),
        (
            {"proposition_id": "open_bridge", "proposition_text": "The ferry should be opened"},
            "row 3: open_bridge repeats the id or the sentence of row 2",
        ),
        (
            {"proposition_id": "bridge", "proposition_text": "The bridge should be OPENED"},
            "row 3: bridge repeats the id or the sentence of row 2",
        ),
        ({"proposition_id": "ferry", "proposition_text": " "}, "row 3: proposition_id and"),
        ({"proposition_id": "", "proposition_text": "Ferries should run"}, "row 3: proposition_id"),
        (
            {"proposition_id": "more", "proposition_text": "There should be more of it"},
            "row 3: more does not say what should be done with what",
        ),
        (
            {
                "proposition_id": "long",
                "proposition_text": "The old bridge should be opened " + "to all " * 10,
            },
            "row 3: the sentence of long has 26 words: 'The old bridge should be opened to all",
        ),
    ],
)
def test_a_row_that_nobody_can_be_for_or_against_is_named(row, message):
    with pytest.raises(CommuniqueError, match=r"propositions\.csv") as error:
        Codebook.from_rows([BRIDGE, row])

    assert message in str(error.value)


def test_a_sentence_is_all_that_a_proposition_needs():
    codebook = Codebook.from_rows([BRIDGE])

    assert codebook.whole_topics_in("the mayor opened the bridge") == {0}


def test_a_sentence_of_25_words_is_not_too_long():
    sentence = "The bridge should be opened " + "to all " * 10

    assert Codebook.from_rows([BRIDGE, {"proposition_id": "all", "proposition_text": sentence}])


HEADER = "proposition_id,proposition_text\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "seeds/propositions.csv has no propositions"),
        (HEADER, "seeds/propositions.csv has no propositions"),
        ("id,proposition_text\na,It should rain\n", "row 1: there is no column proposition_id"),
        (HEADER.replace(",", ";"), "has no propositions"),
        (HEADER.replace(",", ";") + "a;It should rain\n", "row 1: there is no column"),
        (HEADER + "a,The ferry\x00 should stop\n", "row 2: 'a' has a character that nobody sees"),
        (
            HEADER + "a,The ferry, if old, should stop\n",
            "row 2: there are more fields than columns",
        ),
        (HEADER + 'a,"It should rain\nb,It should snow\n', "row 2: the sentence of a goes on over"),
    ],
)
def test_a_file_that_is_no_codebook_says_what_is_wrong_with_it(tmp_path, content, message):
    file = tmp_path / "propositions.csv"
    file.write_text(content, "utf8")

    with pytest.raises(CommuniqueError) as error:
        Codebook.from_seed(file)

    assert message in str(error.value)


def test_a_file_that_a_spreadsheet_has_marked_is_read(tmp_path):
    file = tmp_path / "propositions.csv"
    file.write_text("\ufeff" + HEADER + "a,The ferry should stop\n", "utf8")

    assert [one.proposition_id for one in Codebook.from_seed(file).propositions] == ["a"]


def test_a_folder_in_place_of_the_file_is_named(tmp_path):
    with pytest.raises(CommuniqueError, match=r"cannot be read \(Is a directory\)"):
        Codebook.from_seed(tmp_path)


def test_a_file_in_another_encoding_is_named(tmp_path):
    file = tmp_path / "propositions.csv"
    file.write_bytes((HEADER + "a,The café should be opened\n").encode("latin-1"))

    with pytest.raises(CommuniqueError, match=r"propositions\.csv is not in UTF-8"):
        Codebook.from_seed(file)
