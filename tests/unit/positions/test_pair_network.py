"""The network answers whatever it is asked, however long the question."""

import pytest

from communique.positions.model.network import PairNetwork
from communique.positions.questions import Question

BRIDGE = "The bridge should be opened"
SENTENCE = "Norway rejected the bridge on Monday."


@pytest.mark.parametrize(
    ("proposition", "holder"),
    [("The bridge should be opened " * 40, "Norway"), (BRIDGE, "N-" * 70)],
)
def test_a_proposition_or_a_name_without_end_is_cut(proposition, holder):
    asked = Question(proposition, holder, None, None, None, SENTENCE)
    other = Question(proposition, holder, None, None, None, "Nothing happened.")

    (answer, nothing) = PairNetwork().answer([asked, other])

    assert answer != nothing
