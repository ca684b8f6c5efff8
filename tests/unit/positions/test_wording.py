"""What words claim of a speaker: for, against, or nothing where they do not say."""

import pytest

from communique.positions import wording
from communique.positions.codebook import Codebook
from communique.settings import Settings

CODEBOOK = Codebook.from_seed(Settings.from_environment({}).dbt_project / "seeds/propositions.csv")


def claimed(words, cue=None, *, about="sanction_russia", codebook=CODEBOOK):
    """Give the position that words after a cue claim on a proposition, None for none."""
    verdicts = [one for one, _ in wording.judge(words, (0, len(words)), cue, codebook)]
    return next((one.position for one in verdicts if one.proposition_id == about), None)


def test_a_question_claims_nothing():
    assert claimed("Russia must be sanctioned.") == "support"
    assert claimed("Must Russia be sanctioned?") is None


@pytest.mark.parametrize(
    "words",
    [
        "he opposed U.S. sanctions on Russia.",
        "he opposed the E.U. sanctions on Russia",
        "the court rejected Marsh v. Orlov sanctions on Russia",
        "he opposed Mr. Orlov's sanctions on Russia",
        "he opposed the Feb. 6 sanctions on Russia",
    ],
)
def test_a_stop_behind_an_initial_or_an_abbreviation_ends_no_clause(words):
    assert claimed(words, "said") == "oppose"
