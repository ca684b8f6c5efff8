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
    ],
)
def test_a_row_that_nobody_can_be_for_or_against_is_named(row, message):
    with pytest.raises(CommuniqueError, match=r"propositions\.csv") as error:
        Codebook.from_rows([BRIDGE, row])

    assert message in str(error.value)


def test_a_sentence_is_all_that_a_proposition_needs():
    codebook = Codebook.from_rows([BRIDGE])

    assert codebook.whole_topics_in("the mayor opened the bridge") == {0}
