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


def claimed_after(cue, sentence, *, about="sanction_russia", content=None):
    """Give the position that a sentence claims by what follows its cue."""
    start = sentence.index(content) if content else sentence.index(cue) + len(cue) + 1
    verdicts = wording.judge(sentence, (start, len(sentence)), cue, CODEBOOK)
    return next((one.position for one, _ in verdicts if one.proposition_id == about), None)


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


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("Aune did not call for sanctions on Russia", "did not call for"),
        ("Aune does not support sanctions on Russia", "does not support"),
        ("Aune has never supported sanctions on Russia", "has never supported"),
        ("Aune no longer supports sanctions on Russia", "supports"),
        ("Aune stopped short of calling for sanctions on Russia", "calling for"),
        ("Aune declined to back sanctions on Russia", "declined"),
        ("Aune refused to back sanctions on Russia", "refused"),
        ("Aune pushed back against sanctions on Russia", "pushed back against"),
        ("Aune warned against sanctions on Russia", "warned against"),
    ],
)
def test_who_withholds_support_is_against_it(sentence, cue):
    assert claimed_after(cue, sentence) == "oppose"


def test_who_would_not_support_it_is_against_it_where_no_cue_was_found():
    sentence = "Aune would not support sanctions on Russia"

    assert claimed_after(None, sentence, content="sanctions on Russia") == "oppose"


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("Aune did not oppose sanctions on Russia", "did not oppose"),
        ("Aune would not rule out new sanctions on Russia", "would not rule out"),
        ("Aune refused to rule out new sanctions on Russia", "refused"),
        ("Aune declined to comment on sanctions on Russia", "declined"),
        ("Aune did not mention new sanctions on Russia", "did not mention"),
    ],
)
def test_who_rejects_nothing_and_asks_for_nothing_claims_nothing(sentence, cue):
    assert claimed_after(cue, sentence) is None


def test_who_not_only_asks_for_it_asks_for_it():
    assert claimed_after("called for", "Aune not only called for sanctions on Russia") == "support"


@pytest.mark.parametrize(
    ("words", "position"),
    [
        ("we cannot refuse new sanctions on Russia", "support"),
        ("we would never block new sanctions on Russia", "support"),
        ("neither Norway nor Finland wants new sanctions on Russia", "oppose"),
    ],
)
def test_a_word_turned_round_twice_stays(words, position):
    assert claimed(words, "said") == position


@pytest.mark.parametrize(
    ("cue", "words", "position"),
    [
        ("called for", "lifting sanctions on Russia", "oppose"),
        ("urged", "to lift the sanctions on Russia", "oppose"),
        ("demanded", "an end to sanctions on Russia", "oppose"),
        ("demanded", "an immediate end to the sanctions on Russia", "oppose"),
        ("rejected", "calls to lift sanctions on Russia", "support"),
        ("opposed", "ending Moscow's sanctions", "support"),
        ("called for", "tougher sanctions on Russia", "support"),
    ],
)
def test_what_starts_first_governs_what_it_is_about(cue, words, position):
    assert claimed(words, cue) == position


def test_the_word_between_a_cue_and_what_follows_belongs_to_the_cue():
    sentence = "Aune warned against lifting sanctions on Russia"

    assert claimed_after("warned", sentence, content="lifting sanctions") == "support"


def test_who_asks_for_the_end_that_a_proposition_wants_is_for_it():
    words = "ending the shutdown without conditions"

    assert claimed(words, "called for", about="end_government_shutdown") == "support"
    assert claimed(words, "rejected", about="end_government_shutdown") == "oppose"


def test_a_halt_needs_no_article():
    words = "a halt to Israeli settlement activity"

    assert claimed(words, "demanded", about="israeli_settlements") == "oppose"


@pytest.mark.parametrize(
    ("words", "position"),
    [
        ("blocking weapons for Ukraine", "support"),
        ("Norway for refusing to send tanks to Ukraine", "support"),
        ("the weapons for Ukraine", "oppose"),
    ],
)
def test_who_condemns_that_it_is_blocked_is_for_it(words, position):
    assert claimed(words, "condemned", about="arm_ukraine") == position


def test_words_that_conflict_claim_nothing():
    words = "the new sanctions on Russia or to ease sanctions"

    assert claimed(words, "called for") is None


@pytest.mark.parametrize("sentence", ["Ukraine should not join NATO", "Ukraine must not join NATO"])
@pytest.mark.parametrize(
    ("cue", "words"),
    [
        ("called for", "Ukraine to join NATO"),
        ("rejected", "Ukraine's plan to join NATO"),
        ("said", "Ukraine must join NATO"),
    ],
)
def test_of_what_should_not_be_only_words_of_its_own_claim_anything(sentence, cue, words):
    row = {"proposition_id": "stay_out", "proposition_text": sentence}
    termed = Codebook.from_rows([row | {"oppose_terms": "to join|must join"}])

    assert claimed(words, cue, about="stay_out", codebook=Codebook.from_rows([row])) is None
    assert claimed(words, cue, about="stay_out", codebook=termed) == (
        "support" if cue == "rejected" else "oppose"
    )


@pytest.mark.parametrize(
    ("words", "position"),
    [
        ("new sanctions on Russia would be a mistake", "oppose"),
        ("new sanctions on Russia were a “huge Carter-like mistake”", "oppose"),
        ("the new sanctions on Russia were unlawful and would fail", "oppose"),
        ("new sanctions on Russia would not be a mistake", "support"),
        ("failing to impose sanctions on Russia would be disastrous", "support"),
        ("lifting sanctions on Russia would be a disaster", "support"),
        ("the mistake was not to impose sanctions on Russia, the dangerous neighbour", "oppose"),
    ],
)
def test_who_calls_it_a_mistake_is_against_it(words, position):
    assert claimed(words, "said") == position


@pytest.mark.parametrize(
    ("words", "cue", "is_outright"),
    [
        ("there must be new sanctions on Russia", "said", True),
        ("she was ready for new sanctions on Russia", "said", True),
        ("new sanctions on Russia", "called for", True),
        ("we impose sanctions on Russia", "said", True),
        ("new sanctions on Russia are expected to be imposed in May", "said", True),
        ("new sanctions on Russia were discussed on Monday", "said", False),
        ("the economy reels from the new sanctions on Russia", "said", False),
    ],
)
def test_what_is_merely_named_is_told_from_what_is_wanted(words, cue, is_outright):
    ((verdict, _),) = wording.judge(words, (0, len(words)), cue, CODEBOOK)

    assert verdict.position == "support"
    assert verdict.is_outright == is_outright
