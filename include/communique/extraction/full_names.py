"""Full names in runs of capitals: people with their titles, and bodies that no seed knows."""

import bisect
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from communique.extraction.bodies import (
    COMPASS,
    is_a_body,
    is_a_countrys_name,
    is_body_of,
    read_acronym,
    refer_to_body,
    with_its_head,
)
from communique.extraction.cast import GENERATIONS, Cast
from communique.extraction.gazetteer import Hit
from communique.extraction.given_names import is_given_name
from communique.extraction.lexicon import (
    ABBREVIATED_TITLES,
    MONTHS,
    NO_SURNAMES,
    NOT_NAMES,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    TITLE_HEADS,
    TITLES_OF_SURNAMES,
    WEEKDAYS,
)
from communique.extraction.name_parts import names_in
from communique.extraction.names import CapitalRun, take_apart
from communique.extraction.recognition import Name, Recognition
from communique.extraction.titles import read_roles

_INITIAL = r"[A-Z]\."
_NAME_WORD = r"(?:[A-Z][\w’'\-]*[a-z][\w’'\-]*|[A-Z]{2,}[a-z]*(?:-[A-Z]\w+)?)"
_PARTICLE = r"(?:al|el|bin|ben|ibn|van|von|der|den|de|da|di|du|del|la|le|of)"
_SHORT_TITLE = (
    rf"(?:{ABBREVIATED_TITLES}|St)\."
    r"(?=[ \u00a0][A-Z])"
)
_TOKEN = rf"(?:{_SHORT_TITLE}|{_NAME_WORD})"
_NAME = re.compile(
    rf"(?<![\w@#/]){_TOKEN}(?:[ \u00a0](?:{_INITIAL}[ \u00a0]){{0,2}}(?:{_PARTICLE}[ \u00a0-])"
    rf"?(?:{_PARTICLE}[ \u00a0-])?"
    rf"{_TOKEN}){{0,9}}"
)
_ACTOR_KINDS = ("person", "organisation", "party")
_SPACED = re.compile(r"[^\s\u00a0]+")
_OTHER_WORDS = "|".join(sorted(NOT_NAMES | MONTHS))
_MORE_WORDS = rf"(?: (?!(?:{_OTHER_WORDS})\b)[A-Z][\w’-]+)+"
_JOINED_WORDS = (
    rf"(?: and(?: (?!(?:{_OTHER_WORDS}|{'|'.join(sorted(TITLE_HEADS))})\b)[A-Z][\w-]+){{1,2}})"
)
_NAME_GOES_ON = re.compile(rf"(?: (?:for|of|on)(?: the)?{_MORE_WORDS}{_JOINED_WORDS}?)+")
_BANKS_WITHOUT_MONEY = frozenset({"West Bank", "East Bank", "South Bank", "Left Bank"})
_ORDINALS = frozenset({"II", "III", "IV"})
_GLUED = re.compile(r"[()]|[a-z]{4}[A-Z]")
_NEXT_CAPITALS = re.compile(r"(?:[ \u00a0][A-Z][\w’'-]*[a-z])+")
_OWNER = re.compile(r"[A-Z][\w.-]+(?: [A-Z][\w.-]+){1,2}[’']s (?=[A-Z])")
_JOINED_BEFORE = re.compile(r"\b[A-Z]\w*[-–]$")
_JOINED_BEHIND = re.compile(r"[-–]\w+")
_NICKNAME = re.compile(
    r"(?:[A-Z][\w.-]*[ \u00a0]){1,3}[\"“](?P<nickname>[A-Z][\w.-]*)[\"”][ \u00a0]"
)
_FATHERS = re.compile(
    r"\b[A-Z][\w’'-]+(?: (?:bin|bint|ibn)(?: [A-Z][\w’'-]+(?= (?:bin|bint|ibn) | $))?)+ $"
)
_LONGEST_PART, _LONGEST_FATHERS = 20, 60
_SURNAME = re.compile(r"[A-Z][\w’'-]*[a-z][\w’'-]*")


class KnownNames:
    """The gazetteer's names in a text, asked by place."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self.by_place = {(hit.start, hit.end): hit for hit in hits}
        self._starts = {hit.start for hit in hits}
        self._bodies = sorted(
            (hit.start, hit.end) for hit in hits if hit.known.kind in ("organisation", "outlet")
        )

    def starts_at(self, position: int) -> bool:
        """Tell whether a known name starts there."""
        return position in self._starts

    def is_in_body(self, start: int, end: int) -> bool:
        """Tell whether a stretch lies in the name of a known body or outlet."""
        last = bisect.bisect_right(self._bodies, (start, end)) - 1
        return last >= 0 and self._bodies[last][0] <= start and end <= self._bodies[last][1]

    def has_body_inside(self, start: int, end: int) -> bool:
        """Tell whether a known body or outlet lies in a stretch."""
        first = bisect.bisect_left(self._bodies, (start, start))
        return first < len(self._bodies) and self._bodies[first][1] <= end


def find_full_names(
    cast: Cast,
    stretches: Sequence[tuple[int, int]],
    hits: Sequence[Hit],
    recognition: Recognition,
) -> tuple[list[tuple[int, int]], list[CapitalRun]]:
    """Find full names of people and of bodies that no seed knows.

    Gives the stretches they take, and the runs that are a title and a surname alone.
    """
    known = KnownNames(hits)
    kinds = _usual_kinds(cast, stretches, recognition)
    taken: list[tuple[int, int]] = []
    titled: list[CapitalRun] = []
    for start, end in stretches:
        for found in _NAME.finditer(cast.text, start, end):
            if taken and found.start() < taken[-1][1]:
                continue
            for run, name in _named_runs(cast, found.start(), found.end(), recognition):
                kind = kinds.get(_words_of(cast, name), name.kind) if name else None
                place = _one_name(cast, run, kind, known)
                if place:
                    taken.append(place)
                elif run.title_start is not None and (run.start, run.end) not in known.by_place:
                    titled.append(run)
    return taken, titled


def _usual_kinds(
    cast: Cast, stretches: Sequence[tuple[int, int]], recognition: Recognition
) -> dict[str, str]:
    """Give for each name what it is recognised as most often in the article, the first of equals.

    A body is taken for a person more often than a person for a body, so people need a given name.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for start, end in stretches:
        for name in recognition.names(start, end):
            if name.kind in _ACTOR_KINDS:
                counts[_words_of(cast, name)][name.kind] += 1
    usual = {words: kinds.most_common(1)[0][0] for words, kinds in counts.items()}
    return {
        words: kind
        for words, kind in usual.items()
        if kind != "person" or is_given_name(words.split()[0])
    }


def _words_of(cast: Cast, name: Name) -> str:
    return re.sub(r"[’']s?$", "", cast.text[name.start : name.end])


def _named_runs(
    cast: Cast, start: int, end: int, recognition: Recognition
) -> Iterator[tuple[CapitalRun, Name | None]]:
    """Part a run of capitals into the names that were recognised in it, with what precedes each.

    A run without any comes whole: "President Oyelaran" may be a person nevertheless.
    """
    names = [
        name
        for recognised in recognition.names(start, end)
        if recognised.kind in _ACTOR_KINDS
        for name in names_in(cast.text, recognised, cast.gazetteer)
    ]
    before = start
    for recognised in names:
        name = _in_whole_words(cast, recognised, recognition)
        name = _with_its_last_word(cast, with_its_head(cast, name), recognition)
        name = _with_its_fathers(cast, _with_its_nickname(cast, name))
        before = min(before, name.start)
        run = take_apart(cast.text, before, max(name.end, before + 1), cast.gazetteer)
        before = name.end
        if run is None or run.end <= name.start:
            continue
        is_last_word = name.kind == "person" and " " not in cast.text[name.start : name.end]
        is_part = name.start < recognised.start or run.title_start is not None
        if run.start < name.start and not (is_last_word and is_part):
            run = replace(run, start=name.start, title_start=None, title_end=None, country=None,
                          is_honorific=False)  # fmt: skip
        yield run, name
    if not names:
        run = take_apart(cast.text, start, end, cast.gazetteer)
        if run:
            yield run, None


def _in_whole_words(cast: Cast, name: Name, recognition: Recognition) -> Name:
    """Give a person's name with both parts of a hyphen: "Ji-hoon" where "hoon" was recognised.

    "Oduya-backed" goes on only behind a full name: "Yoon Hye-rin".
    """
    if name.kind != "person":
        return name
    first, last = name.start, name.end
    before = _JOINED_BEFORE.search(cast.text, max(0, first - _LONGEST_PART), first)
    if before and not recognition.names(before.start(), first):
        first = before.start()
    behind = _JOINED_BEHIND.match(cast.text, last)
    if behind and " " in cast.text[first:last]:
        last = behind.end()
    return replace(name, start=first, end=last)


def _with_its_last_word(cast: Cast, name: Name, recognition: Recognition) -> Name:
    """Give a name whole where only its first word was recognised: "Park" of "Park Ji-hoon"."""
    following = _NEXT_CAPITALS.match(cast.text, name.end)
    if name.kind == "party" or " " in cast.text[name.start : name.end] or following is None:
        return name
    words = following[0].split()
    is_body = name.kind == "organisation"
    if is_body and (len(words) > 1 or words[0] in TITLE_HEADS | NOT_NAMES | NO_SURNAMES):
        return name
    is_other = recognition.names(name.end, following.end())
    return name if is_other else replace(name, end=following.end())


def _with_its_nickname(cast: Cast, name: Name) -> Name:
    """Give a person's name whole of which what precedes or follows a nickname was recognised."""
    if name.kind != "person":
        return name
    for whole in _NICKNAME.finditer(cast.text, max(0, name.start - _LONGEST_PART), name.end + 2):
        if name.end in (whole.end("nickname"), whole.end("nickname") + 1):
            surname = _SURNAME.match(cast.text, whole.end())
            return replace(name, start=whole.start(), end=surname.end()) if surname else name
        if name.start in (whole.start("nickname"), whole.end()):
            return replace(name, start=whole.start())
    return name


def _with_its_fathers(cast: Cast, name: Name) -> Name:
    """Give "Adel bin Zayd Al Karam" where only "Al Karam" was recognised."""
    if name.kind != "person":
        return name
    before = _FATHERS.search(cast.text, max(0, name.start - _LONGEST_FATHERS), name.start)
    return replace(name, start=before.start()) if before else name


def find_titled_surnames(cast: Cast, titled: Sequence[CapitalRun]) -> list[tuple[int, int]]:
    """Take "President Oyelaran" for a person, once all full names are known."""
    taken = []
    for run in titled:
        word = re.sub(r"[’']s?$", "", cast.text[run.start : run.end].rstrip("."))
        title = cast.text[run.title_start : run.title_end].split()[-1].rstrip(".")
        known = cast.gazetteer.get(word)
        if (
            title not in TITLES_OF_SURNAMES
            or not _SURNAME.fullmatch(word)
            or word in NOT_NAMES | ORGANISATION_WORDS | TITLE_HEADS
            or (known is not None and known.kind != "person")
        ):
            continue
        person = cast.by_title(word)
        end = run.start + len(word)
        cast.mention(person, run.start, end, "title", 0.85)
        if run.is_honorific:
            person.honorifics.add(title)
        read_roles(cast, person, run, end)
        taken.append((run.start, end))
    return taken


def _one_name(
    cast: Cast, run: CapitalRun, kind: str | None, known: KnownNames
) -> tuple[int, int] | None:
    text, start = cast.text, run.start
    end = start + len(re.sub(r"[’']s?$", "", text[start : run.end].rstrip(" .")))
    end = _before_its_day(text, start, end)
    end = before_it_starts_again(text, start, end)
    start = _behind_its_owner(text, start, end)
    name = re.sub(r"\s+", " ", text[start:end])
    words = name.split()
    if (start, end) in known.by_place:
        hit = known.by_place[start, end]
        if hit.known.kind != "person":
            return None
        referent = cast.refer(hit.known.name, "person")
        referent.registered_in = hit.known.country_code
    elif (
        (len(words) < 2 and not _goes_on(text, end, words))
        or words[0] in NOT_NAMES
        or name in _BANKS_WITHOUT_MONEY
    ):
        return None
    elif words[-1] in ORGANISATION_WORDS or words[0] in ORGANISATION_WORDS or is_body_of(words):
        longer = _goes_on(text, end, words)
        if longer:
            end = longer.end()
            name = re.sub(r"\s+", " ", text[start:end])
        referent = refer_to_body(cast, name, "organisation")
    elif is_a_countrys_name(cast, name, words):
        referent = cast.refer(name, "organisation")
    elif words[-1] in OUTLET_WORDS and words[0] not in ("The",):
        referent = refer_to_body(cast, name, "outlet")
    elif kind in ("organisation", "party"):
        if not is_a_body(words):
            return None
        referent = refer_to_body(cast, name, kind)
    elif (
        (words[0] in COMPASS and len(words) == 2)
        or _is_under_an_article(text, start, words)
        or _is_no_person(cast, start, end, words, known)
        or not (kind == "person" or run.title_start is not None)
    ):
        return None
    else:
        if words[-1] in _ORDINALS:
            name = " ".join(words[:-1])
        longer = next((one for one in cast.persons() if one.name.endswith(f" {name}")), None)
        referent = longer or cast.refer(name, "person")
    cast.mention(referent, start, end, "full_name", 0.9)
    if referent.entity_type == "person":
        if run.is_honorific:
            referent.honorifics.add(text[run.title_start : run.title_end].rstrip("."))
        read_roles(cast, referent, run, end)
    else:
        read_acronym(cast, referent, end)
    return start, end


def _is_under_an_article(text: str, start: int, words: Sequence[str]) -> bool:
    """Tell "the Harbour Fighters" from a person, before whose name no article stands."""
    before = text[max(0, start - 4) : start].replace("\u00a0", " ").lower()
    return before == "the " and not is_given_name(words[0]) and len(words) > 1


def _goes_on(text: str, end: int, words: Sequence[str]) -> re.Match | None:
    """Find what belongs to a body's name behind its kind: "for Northern Harbours" of a trust."""
    return _NAME_GOES_ON.match(text, end) if words[-1] in ORGANISATION_WORDS else None


def _before_its_day(text: str, start: int, end: int) -> int:
    """End a name before the day when something happened: "the Chamber of Commerce Friday"."""
    words = list(_SPACED.finditer(text, start, end))
    return words[-2].end() if len(words) > 1 and words[-1][0] in WEEKDAYS else end


def before_it_starts_again(text: str, start: int, end: int) -> int:
    """End a name where its first word comes again: links glued as "Ann Lee Ann Mary LeeSenate"."""
    words = list(_SPACED.finditer(text, start, end))
    for word in words[2:]:
        if len(words[0][0]) > 2 and word[0].startswith(words[0][0]):
            return start + len(text[start : word.start()].rstrip())
    return end


def _behind_its_owner(text: str, start: int, end: int) -> int:
    """Start a name behind the person it belongs to: "Rupert Murdoch’s News Corp"."""
    owner = _OWNER.match(text, start, end)
    return owner.end() if owner else start


def _is_no_person(
    cast: Cast,
    start: int,
    end: int,
    words: Sequence[str],
    known: KnownNames,
) -> bool:
    """Refuse what holds the name of a place, body or outlet, and what is too long for a person."""
    last = cast.gazetteer.get(words[-1])
    return (
        known.starts_at(start)
        or known.has_body_inside(start, end)
        or known.is_in_body(start, end)
        or len(words) > 5
        or "of" in words
        or (last is not None and last.kind == "country")
        or words[-1] in NO_SURNAMES
        or any(word in NOT_NAMES and word != "May" for word in words[1:])
        or any(word.isupper() and len(word) > 3 for word in words)
        or all(word.isupper() for word in words)
        or (words[-1].isupper() and len(words[-1]) > 2 and words[-1] not in GENERATIONS)
        or "-based" in words[0]
        or any(_GLUED.search(word) for word in words)
    )
