"""The roles that stand beside a name: "Defense Minister Yonatan Barlev, the former general"."""

import re

from communique.extraction.cast import Cast, Referent, Role
from communique.extraction.lexicon import (
    ORGANISATION_WORDS,
    ROLE_IN_APPOSITION,
    STATE_BODY,
    TITLE_WORDS,
)
from communique.extraction.names import CapitalRun, are_shouted

_ROLE = ROLE_IN_APPOSITION.pattern
_POST_ABROAD = r"(?:[Aa]mbassador|[Ee]nvoy) to (?:the )?[A-Z][\w.]+(?: [A-Z][\w.]+){0,2}"
_TITLE_BEFORE = re.compile(
    r"(?:(?P<former>[Ff]ormer|[Ee]x-)\s*)?"
    r"(?:(?P<country>[A-Z][\w.’'-]+(?: [A-Z][\w’'-]+)??)(?:[’']s)?\s+)?"
    rf"(?P<title>(?:(?:[a-z]+[- ]){{0,2}}?(?:{_ROLE}))|{TITLE_WORDS}|{_POST_ABROAD})"
    r"(?:\s+(?:of|for|at)\s+(?:the\s+)?(?P<organisation>[A-Z][\w’'&.-]*(?: [A-Z][\w’'&.-]*){0,4}))?"
    r",?\s+$"
)
_NOT_OF_TITLES = frozenset(
    """and or but nor with by from in at on than as to though while including according said says
    told was were is are be being been has have had his her its their our my your the a an this one
    now then next new current late first last only also both who whom that appointed named elected
    writes wrote ’s 's s for of""".split()
)
"""Words before a title that belong to the sentence: "or the president", "said the lawyer"."""
_FORMER = re.compile(r"(?:.*\s)?(?:former|ex|then)(?:\s+|-)", re.IGNORECASE)
_LINKS = frozenset({"of", "for", "to", "at"})
_FORMER_BEFORE = re.compile(r"\b[Ff]ormer\s+(?:[A-Z][\w.’'-]+\s+){0,2}$")
_APPOSITION = re.compile(
    r"(?: \([^()]{1,30}\))?,\s+(?P<former>(?:[Tt]he |[Aa]n? )?former )?(?:[Tt]he |[Aa]n? )?"
    r"(?P<former2>former )?"
    r"(?:(?P<country>(?:[A-Z][\w.’'-]+)(?: [A-Z][\w’'-]+)?)(?:[’']s)?\s+)?"
    rf"(?P<title>(?:(?:[a-z]+[- ]){{0,2}}?(?:{_ROLE}))|{TITLE_WORDS})\b"
    r"(?:\s+(?:of|at|for)\s+(?:the\s+)?(?P<organisation>[A-Z][\w’'&.-]*(?: (?:of |for "
    r"|and )?[A-Z][\w’'&.-]*){0,5}))?"
)
_NAME_FOLLOWS = re.compile(r"\s[A-Z][\w.’'-]+(?<!day)\s[A-Z][\w’'-]+")
"""Whose role it then is, in a list: "chief of staff Ann Lee, former adviser Bo Ek, ..."."""
_SHOUTED = re.compile(r"(?:[A-Z’'\d-]+ ){2,}")
"""A headline that stands before a title: "CLICK HERE FOR MORE Senator"."""


def read_roles(cast: Cast, person: Referent, run: CapitalRun, end: int) -> None:
    """Note the roles that stand right before a person’s name and in the apposition behind it."""
    text = cast.text
    if run.title_start is not None and not run.is_honorific:
        former = run.is_former or bool(
            _FORMER_BEFORE.search(text, max(0, run.title_start - 40), run.title_start)
        )
        country = run.country or _country_before(cast, run.title_start)
        _add_role(cast, person, run.title_start, run.title_end, country, None, former)
    elif run.title_start is None:
        before = _TITLE_BEFORE.search(text, max(0, run.start - 110), run.start)
        if before:
            state, organisation = _state_or_body(cast, before["organisation"])
            country = _country_of(cast, before["country"]) or state
            former = bool(before["former"])
            _add_role(cast, person, *before.span("title"), country, organisation, former)
    after = _APPOSITION.match(text, end)
    if after and not _NAME_FOLLOWS.match(text, after.end()):
        state, organisation = _state_or_body(cast, after["organisation"])
        country = _country_of(cast, after["country"]) or state
        former = bool(after["former"] or after["former2"])
        _add_role(cast, person, after.start("title"), after.end(), country, organisation, former,
                  after["title"])  # fmt: skip


def _add_role(
    cast: Cast,
    person: Referent,
    start: int,
    end: int,
    country: str | None,
    organisation: str | None,
    former: bool,
    title: str | None = None,
) -> None:
    """Note a role; its place starts with the word for the country, where that stands before it."""
    title, was_before = _bare_title(title or cast.text[start:end])
    if title.lower() == "counterpart":
        title = _title_of_other_side(cast, person, start)
    if not title:
        return
    place = start
    if country:
        before = cast.text.rfind(country, max(0, start - len(country) - 12), start)
        place = before if before >= 0 else start
    person.roles.append(Role(title, country, organisation, former or was_before, place, end))
    _set_country(cast, person, country)


def _title_of_other_side(cast: Cast, person: Referent, position: int) -> str:
    """Give the office that a counterpart holds, too: that of the person named before; or ''."""
    for place in cast.before(position):
        roles = [role for role in place.referent.roles if not role.is_former]
        if roles and place.referent is not person:
            return roles[-1].title
    return ""


def _bare_title(words: str) -> tuple[str, bool]:
    """Give a title without what stands before it, and whether it is a former one.

    "and the former foreign minister" is a former "foreign minister"; "ambassador to Chad" is whole.
    """
    words = " ".join(words.split())
    former = _FORMER.match(words)
    words = words[former.end() :] if former else words
    shouted = _SHOUTED.match(words)
    if shouted and are_shouted(shouted[0].split()):
        words = words[shouted.end() :]
    parts = words.split()
    begin = 0
    for place, word in enumerate(parts):
        is_linked = place > begin and (word in _LINKS or parts[place - 1] in _LINKS)
        if word in _NOT_OF_TITLES and not is_linked:
            begin = place + 1
    return " ".join(parts[begin:]), bool(former)


def _country_before(cast: Cast, position: int) -> str | None:
    """Give the word for a country right before a title: "Finland’s Prime Minister"."""
    before = re.compile(r"(?P<word>[A-Z][\w.-]*(?: [A-Z][\w.-]*)?)(?:[’']s)?\s+$").search(
        cast.text, max(0, position - 40), position
    )
    return _country_of(cast, before["word"]) if before else None


def _state_or_body(cast: Cast, words: str | None) -> tuple[str | None, str | None]:
    """Tell whether somebody's post is in a state or in a body, and give the words for that.

    "Finland" and "the Finnish Foreign Ministry" are a state; "the Bank of Finland" is a body.
    """
    if not words:
        return None, None
    names = words.split() if STATE_BODY.search(words) else ()
    country = next(filter(None, (_known_country(cast, one) for one in (words, *names))), None)
    return (country, None) if country else (None, words)


def _country_of(cast: Cast, words: str | None) -> str | None:
    """Give the word that shows a country, if one does; "American University" is none."""
    if not words:
        return None
    names = words.split()
    if names[-1] in ORGANISATION_WORDS:
        names = []
    return next(filter(None, (_known_country(cast, one) for one in (words, *names))), None)


def _known_country(cast: Cast, words: str) -> str | None:
    bare = re.sub(r"[’']s?$", "", words)
    known = cast.gazetteer.get(bare)
    return bare if known and known.kind == "country" else None


def _set_country(cast: Cast, person: Referent, country: str | None) -> None:
    if country and person.country_text is None:
        person.country_text = country
        person.country_code = cast.gazetteer.get(country).country_code
