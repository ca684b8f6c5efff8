"""How well a title without a name, "the foreign minister", fits a person of the article."""

import re

from communique.extraction.cast import Cast, Referent
from communique.extraction.phrases import Phrase

_SPELLINGS = {"defense": "defence", "pm": "minister", "advisor": "adviser", "rep": "representative",
              "sen": "senator", "gov": "governor", "gen": "general", "congressman":
              "representative", "congresswoman": "representative"}  # fmt: skip
_RANKS = frozenset(
    {"vice", "deputy", "assistant", "under", "former", "supreme", "opposition", "minority"}
)
_PORTFOLIOS = frozenset(
    """foreign defence finance interior justice health energy education economy trade prime home
    treasury state culture transport environment agriculture""".split()
)
_EMPTY = frozenset(
    """the a an this that our its new newly then current outgoing incoming top chief late us us-led
    longtime own country nation""".split()
)
_LEGISLATORS = frozenset({"senator", "representative", "speaker", "leader", "governor", "candidate",
                          "lawmaker", "chairman", "whip", "contender"})  # fmt: skip
_OF_PARTIES = frozenset({"republican", "democrat", "lawmaker"})
_LEADERS = {"leader": frozenset({"leader", "president", "premier", "chancellor", "king", "prime"})}
_BESIDE = 80
_IN_ROLE = 2.0
_BESIDE_NAME = 1.2
_LEGISLATOR = 0.8
_PER_WORD = 0.5
_SAME_COUNTRY = 0.6


def role_fit(cast: Cast, person: Referent, phrase: Phrase, country_code: str | None) -> float:
    """Rate how well the phrase describes the person; 0 where it does not.

    What counts are the roles that the text or the registry gives, and the words right beside the
    first mention; further words of the phrase, and its country, must not speak against it.
    """
    own_country = person.country_code or person.registered_in
    if country_code and own_country not in (None, country_code):
        return 0.0
    head = _spelled(phrase.head or phrase.words[-1])
    wanted = {_spelled(word) for word in phrase.modifiers} - _EMPTY
    best = 0.0
    for words in _titles(cast, person):
        if not _LEADERS.get(head, {head}) & words or (words & _RANKS - wanted - {"former"}):
            continue
        if _is_another_portfolio(wanted, words):
            continue
        best = max(best, _IN_ROLE + _PER_WORD * len(wanted & words))
    beside = _beside(cast, person)
    if not best and head in beside and not _is_another_portfolio(wanted, beside):
        best = _BESIDE_NAME + _PER_WORD * len(wanted & beside)
    if not best and head in _OF_PARTIES:
        legislates = any(words & _LEGISLATORS for words in (*_titles(cast, person), beside))
        best = _LEGISLATOR + _PER_WORD * len(wanted & beside) if legislates else 0.0
    if not best:
        return 0.0
    if wanted & _RANKS and not wanted & _RANKS & (beside | set().union(*_titles(cast, person))):
        return 0.0
    return best + (_SAME_COUNTRY if country_code and own_country == country_code else 0.0)


def _is_another_portfolio(wanted: set[str], words: set[str]) -> bool:
    return bool(wanted & _PORTFOLIOS and words & _PORTFOLIOS and not wanted & words & _PORTFOLIOS)


def _titles(cast: Cast, person: Referent) -> list[set[str]]:
    titles = [
        {_spelled(word) for word in re.findall(r"[a-z]+", f"{role.title} "
         f"{role.organisation_text or ''}".lower())}
        for role in person.roles
    ]  # fmt: skip
    known = cast.gazetteer.get(person.name)
    if known and known.kind == "person":
        titles += [
            {_spelled(word) for word in re.findall(r"[a-z]+", office.role_title.lower())}
            for office in known.offices
        ]
    return titles


def _beside(cast: Cast, person: Referent) -> set[str]:
    """Give the words right before and in the apposition behind a person's first mention."""
    first = cast.first_mention(person)
    if first is None:
        return set()
    before = re.search(r"[^,.;:\n“”]*$", cast.text[max(0, first.start - 40) : first.start])
    after = re.match(r", ([^.;:\n“”]*)|\s*\(([^)]*)\)", cast.text[first.end : first.end + _BESIDE])
    words = f"{before[0] if before else ''} {after[0] if after else ''}".lower()
    return {_spelled(word) for word in re.findall(r"[a-z]+", words)}


def _spelled(word: str) -> str:
    word = word.removesuffix("-elect")
    return _SPELLINGS.get(word, word)
