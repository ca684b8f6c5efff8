"""A source phrase taken apart: determiner, head, possessor, what stands before and behind it."""

import re
from dataclasses import dataclass

from communique.extraction.lexicon import (
    COLLECTIVE_HEADS,
    DOCUMENT_HEADS,
    MEDIA_HEADS,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    PERSON_HEADS,
    PLURAL_HEADS,
    POLL_HEADS,
    STATE_HEADS,
)

_WORD = re.compile(r"[^\W_](?:[\w’'.&/-]*[\w.])?[’']?")
_POSSESSIVE = re.compile(r"(?:[’']s|(?<=s)[’'])$")
_BREAKS = frozenset(
    """of for by from in on with who whom whose that which at to about against among including under
    between behind near inside outside without within like into over familiar close briefed involved
    released published issued speaking seen obtained reviewed polled conducted taken compiled sent
    drafted written based containing showing meeting proposing struck surveyed tired opposed loyal
    backed led attending working living calling wanting posted signed as""".split()
)
_ADDED = re.compile(
    r"(?!united|named|called)[a-z]{3,}ed|here|there|further|alike|himself|herself|itself|themselves"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
)
"""What ends a phrase behind its head: "expert interviewed by", "statement Sunday from"."""
_PROMINENT = frozenset(
    """political military legal leading eminent senior prominent public religious top key opposition
    business establishment""".split()
)
"""What is said of people and not of numbers: "leading figures"."""
_PARTITIVES = frozenset(
    """one two three four five six several some many most all both none each another few dozens any
    hundreds thousands scores half majority percent number handful group host couple much rest those
    members""".split()
)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ARABIC_ARTICLE = re.compile(r"(?:al|el|an|as|ash|at|ad|ar)-[A-Z]")
_DETERMINERS = frozenset(
    "the a an one his her their its our my this that these those some any another".split()
)
_INDEFINITE = frozenset(
    """a an one some any another other others many most several two three four five six seven eight
    nine ten few all both each dozens hundreds thousands no more at senior top""".split()
)
_DEFINITE = frozenset("the this that these those".split())
_OWNERS = {"his": "he", "her": "she", "their": "they", "its": "it"}
_PERSONAL_ENDING = re.compile(
    r"(?:[bcdfgkmnprtvz]er|[ct]or|ist|[dgt]ant|[nt]ian|man|woman|ee|eer|spouse|ate|blower|ese)$"
)
_NO_PERSON = frozenset(
    """paper newsletter order number offer center centre answer banner flier flyer letter newspaper
    committee factor sector chapter power water matter certificate debate climate rate mandate
    estimate monitor charter register cover filer""".split()
)
_SINGULAR_IN_S = re.compile(r"(?:ss|us|is|ics|series|news|status)$")


@dataclass(frozen=True, slots=True)
class Token:
    """One word with its offsets in the text."""

    word: str
    start: int
    end: int

    @property
    def bare(self) -> str:
        """The word in small letters, without a possessive ending."""
        return _POSSESSIVE.sub("", self.word).lower()

    @property
    def is_possessive(self) -> bool:
        """Whether it owns what follows: "Gallant’s"."""
        return _POSSESSIVE.search(self.word) is not None

    @property
    def is_capital(self) -> bool:
        """Whether it may be a part of a name."""
        return self.word[:1].isupper() or _ARABIC_ARTICLE.match(self.word) is not None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: `core` up to a preposition, clause or comma, and the `tail` behind it.

    `head` is the noun that the core is about, in small letters; None where the core ends in a
    name. `kind` sorts the head: person, body, document, poll, media or thing.
    """

    start: int
    end: int
    core: tuple[Token, ...]
    tail: tuple[Token, ...]
    head: str | None
    kind: str | None
    is_partitive: bool

    @property
    def core_end(self) -> int:
        """Where the core ends in the text."""
        return self.core[-1].end if self.core else self.end

    @property
    def words(self) -> tuple[str, ...]:
        """The bare words of the core."""
        return tuple(token.bare for token in self.core)

    @property
    def modifiers(self) -> tuple[str, ...]:
        """The bare words between determiner and head."""
        return tuple(word for word in self.words[:-1] if word not in _DETERMINERS)

    @property
    def owner(self) -> str | None:
        """The pronoun that owns the head: "he" for "his office"."""
        return _OWNERS.get(self.words[0]) if self.core else None

    @property
    def is_definite(self) -> bool:
        """Whether it may take up somebody introduced before."""
        return bool(self.core) and self.words[0] in _DEFINITE

    @property
    def is_indefinite(self) -> bool:
        """Whether it brings in somebody new: "a", "several", "other"."""
        return bool(self.core) and (
            self.words[0] in _INDEFINITE or self.words[0].isdigit() or self.is_partitive
        )

    @property
    def is_plural(self) -> bool:
        """Whether the head stands for several."""
        if self.is_partitive:
            return self.words[0] not in ("one", "another", "each")
        return self.head is not None and is_plural_noun(self.head)


def read_phrase(text: str, start: int, end: int) -> Phrase:
    """Take the noun phrase `text[start:end]` apart."""
    asides = [found.span() for found in _ASIDE.finditer(text, start, end)]
    tokens = [
        Token(found[0], *found.span())
        for found in _WORD.finditer(text, start, end)
        if not any(first <= found.start() < last for first, last in asides)
    ]
    cut = len(tokens)
    is_partitive = False
    for place, token in enumerate(tokens):
        if place and "," in text[tokens[place - 1].end : token.start]:
            cut = place
            break
        is_clause = place > 1 and token.word in _OWNERS and not tokens[place - 1].is_possessive
        if is_clause:
            cut = place
            break
        if place and _ADDED.fullmatch(token.word) and _is_known(tokens[place - 1].bare):
            cut = place
            break
        if place and token.word in _BREAKS:
            if _goes_on(tokens, place):
                continue
            if token.word == "of" and tokens[place - 1].bare in _PARTITIVES:
                is_partitive = True
                continue
            if is_partitive and token.word == "the":
                continue
            cut = place
            break
    core = tuple(tokens[:cut])
    head = _head(core)
    kind = kind_of(head) if head else None
    if head in ("figure", "figures") and len(core) > 1 and core[-2].bare in _PROMINENT:
        kind = "person"
    return Phrase(start, end, core, tuple(tokens[cut:]), head, kind, is_partitive)


def _goes_on(tokens: list[Token], place: int) -> bool:
    """Tell whether a preposition stands inside the name of a body: "Department of Defense"."""
    behind = next((one for one in tokens[place + 1 :] if one.word != "the"), None)
    return (
        tokens[place].word in ("of", "for", "on")
        and tokens[place - 1].word in ORGANISATION_WORDS
        and behind is not None
        and behind.is_capital
    )


def _head(core: tuple[Token, ...]) -> str | None:
    """Give the last word of the core when it is a common noun, or a known head in capitals."""
    if not core:
        return None
    last = core[-1]
    if not last.is_capital:
        return last.bare
    if len(core) == 1:
        is_people = is_plural_noun(last.bare) and kind_of(last.bare) == "person"
        return last.bare if is_people or _is_known(last.bare) else None
    if not core[-2].is_capital:
        return last.bare if _is_known(last.bare) else None
    if last.word in OUTLET_WORDS or last.word in ORGANISATION_WORDS:
        return None
    is_title = last.bare in PERSON_HEADS or last.bare in POLL_HEADS or last.bare == "act"
    return last.bare if is_title else None


def _is_known(word: str) -> bool:
    return word in PERSON_HEADS or word in COLLECTIVE_HEADS or word in DOCUMENT_HEADS


def kind_of(head: str) -> str:
    """Sort a common noun: person, body, document, poll, media or thing."""
    for kind, heads in (
        ("poll", POLL_HEADS),
        ("media", MEDIA_HEADS),
        ("document", DOCUMENT_HEADS),
        ("body", COLLECTIVE_HEADS | STATE_HEADS - {"leaders"}),
        ("person", PERSON_HEADS),
    ):
        if head in heads:
            return kind
    head = head.removesuffix("-elect")
    singular = singular_of(head)
    if singular != head and singular in COLLECTIVE_HEADS:
        return "person"
    if singular in DOCUMENT_HEADS:
        return "document"
    if "-" in head:
        singular = singular.rpartition("-")[2]
    if singular in PERSON_HEADS or (
        _PERSONAL_ENDING.search(singular) and singular not in _NO_PERSON
    ):
        return "person"
    return "thing"


def singular_of(noun: str) -> str:
    """Give the singular of a regular plural."""
    if not is_plural_noun(noun):
        return noun
    if noun.endswith("men"):
        return noun[:-2] + "an"
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("sses", "ches", "shes", "xes")):
        return noun[:-2]
    return noun.removesuffix("s")


def is_plural_noun(noun: str) -> bool:
    """Tell whether a common noun is a plural by its form."""
    if noun in PLURAL_HEADS or noun in ("media", "percent", "data") or noun.endswith("men"):
        return True
    return noun.endswith("s") and not _SINGULAR_IN_S.search(noun)
