"""How a question is put to the network: two texts, the longest parts cut."""

from communique.positions.questions import Question

LONGEST = 128
"""Word pieces of a pair; what is longer loses the end of its sentence."""
_TITLE, _BEFORE, _SENTENCE = 110, 160, 500
"""Characters kept: of the title its start, of the sentence before its end."""
_BETWEEN = " | "


def as_pair(question: Question) -> tuple[str, str]:
    """Put a question as the two texts that the network reads."""
    asked = question.proposition
    if question.holder:
        asked = f"{question.holder}: {asked}"
    said = question.sentence[:_SENTENCE]
    if question.speaker:
        said = f"{question.speaker}: {said}"
    around = ((question.title or "")[:_TITLE], (question.before or "")[-_BEFORE:])
    return asked, _BETWEEN.join((*around, said))
