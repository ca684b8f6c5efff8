"""Who a source is: a named actor, an unnamed referent of this article, a document, an outlet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique.extraction.entities import Cast, Referent
from communique.extraction.lexicon import (
    COLLECTIVE_HEADS,
    DOCUMENT_HEADS,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    PERSON_HEADS,
    PLURAL_HEADS,
    POLL_HEADS,
    POST_HEADS,
    SECTOR_BY_ROLE,
    SENIOR_WORDS,
    STATE_HEADS,
)

_ARTICLE = re.compile(r"^(?:the|a|an|one|some|his|her|their|its|this|these|those)\s+", re.I)
_OFFICE = re.compile(r"^(?:his|her|their|its)\s+(?:office|spokes\w+|lawyers?|campaign|team)$", re.I)
_BACK_REFERENCE = re.compile(r"^(?:the|this|that|these|those)\s+", re.I)
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")


@dataclass(slots=True)
class SourceRef:
    """One source of one article while it is being read; `number` is its place in the list."""

    number: int
    source_type: str
    is_named: bool
    is_plural: bool = False
    source_name: str | None = None
    descriptor: str | None = None
    rank: str | None = None
    country_text: str | None = None
    sector_code: str | None = None
    referent: Referent | None = None

    @property
    def label(self) -> str:
        """The words that name it in ids and chains."""
        return self.source_name or self.descriptor or self.source_type


class Sources:
    """The sources of one article; number 0 is the outlet that published it."""

    def __init__(self, cast: Cast, publisher: str | None) -> None:
        self._cast = cast
        self._by_key: dict[tuple, SourceRef] = {}
        self.listed: list[SourceRef] = []
        self._last_person: Referent | None = None
        self._last_source: SourceRef | None = None
        self._last_document: SourceRef | None = None
        self._last_unnamed: SourceRef | None = None
        self._publisher = publisher
        self._add(
            ("publisher",),
            source_type="outlet",
            is_named=publisher is not None,
            source_name=publisher,
            descriptor=None if publisher else "unnamed publisher",
        )

    def resolve(self, start: int, end: int) -> SourceRef | None:
        """Decide who the words `start..end` are; None for what can be nobody."""
        words = self._cast.text[start:end]
        source = self._resolve(words, start, end)
        if source is None:
            return None
        self._last_source = source
        if source.source_type in ("document", "poll"):
            self._last_document = source
        if not source.is_named:
            self._last_unnamed = source
        if source.referent and source.referent.entity_type == "person":
            self._last_person = source.referent
        return source

    def outlet(self, start: int, end: int) -> SourceRef | None:
        """Give the outlet that the words name; None when they name none, or the publisher."""
        for referent in self._referents(start, end):
            if referent.entity_type == "outlet" and referent.name != self._publisher:
                return self._outlet(referent)
        return None

    def document(self, descriptor: str, owner: SourceRef | None) -> SourceRef:
        """Give the document or post that a speaker's words came through."""
        post = POST_HEADS.get(descriptor.lower())
        return self._add(
            ("document", descriptor.lower(), owner.number if owner else None),
            source_type="post" if post else "document",
            is_named=bool(owner and owner.is_named),
            descriptor=post or descriptor,
            country_text=owner.country_text if owner else None,
            referent=owner.referent if owner else None,
        )

    def of_referent(self, referent: Referent) -> SourceRef:
        """Give the source that a named actor is."""
        if referent.entity_type == "outlet":
            return self._outlet(referent)
        source_type = "person" if referent.entity_type == "person" else "organisation"
        if referent.entity_type == "group":
            source_type = "group"
        return self._add(
            ("actor", referent.number),
            source_type=source_type,
            is_named=True,
            source_name=referent.name,
            country_text=referent.country_text,
            referent=referent,
        )

    def _resolve(self, words: str, start: int, end: int) -> SourceRef | None:
        lowered = words.lower().strip()
        if lowered in ("he", "she", "who"):
            person = self._last_person_before(start, lowered)
            return self.of_referent(person) if person else self._last_unnamed
        if lowered == "they":
            return self._last_source
        if lowered == "it":
            return self._last_document or self._last_collective(start)
        if _OFFICE.match(words):
            person = self._last_person_before(start, lowered)
            return self._office(words, person) if person else None
        return self._noun_phrase(words, start, end)

    def _noun_phrase(self, words: str, start: int, end: int) -> SourceRef | None:
        tokens = [word.lower() for word in _WORD.findall(words)]
        bare = [re.sub(r"[’']s?$", "", token) for token in tokens]
        head = self._head(bare)
        referents = list(self._referents(start, end))
        people = [referent for referent in referents if referent.entity_type == "person"]
        if people and head not in DOCUMENT_HEADS and not _is_possessor(words, people[0], head):
            return self.of_referent(people[0])
        if head in POLL_HEADS:
            return self._poll(words, referents)
        if head in DOCUMENT_HEADS:
            return self._document_phrase(words, start, end, referents)
        country = self._country_in(start, end)
        if head in STATE_HEADS and country and head not in ("leaders",):
            return self.of_referent(self._cast.government(*country))
        if head in PERSON_HEADS:
            return self._unnamed_people(words, bare, head, country, referents)
        if head in COLLECTIVE_HEADS and not any(r.entity_type != "government" for r in referents):
            return self._collective(words, bare, country)
        if referents:
            return self.of_referent(referents[0])
        return self._unknown_name(words, start, end, country)

    def _head(self, tokens: list[str]) -> str | None:
        """Find the head of a noun phrase: the last head word before a preposition or clause."""
        stop = (
            "of",
            "for",
            "by",
            "from",
            "in",
            "on",
            "with",
            "who",
            "that",
            "at",
            "to",
            "familiar",
            "close",
            "briefed",
            "involved",
            "released",
            "published",
            "issued",
            "speaking",
        )
        cut = next((i for i, token in enumerate(tokens) if token in stop and i), len(tokens))
        heads = PERSON_HEADS | COLLECTIVE_HEADS | DOCUMENT_HEADS | POLL_HEADS
        for token in reversed(tokens[:cut]):
            if token in heads:
                return token
        return None

    def _unnamed_people(
        self,
        words: str,
        bare: list[str],
        head: str,
        country: tuple[str, str] | None,
        referents: list[Referent],
    ) -> SourceRef | None:
        if head in ("authorities", "leadership") and country:
            return self.of_referent(self._cast.government(*country))
        back = _BACK_REFERENCE.match(words)
        if back and head not in PLURAL_HEADS and len(bare) <= 4:
            known = self._same_role(bare, head)
            if known:
                return self.of_referent(known)
        if back and self._last_unnamed and head in (self._last_unnamed.descriptor or "").lower():
            return self._last_unnamed
        descriptor = _ARTICLE.sub("", words).strip(" ,")
        if descriptor.lower() in ("police", "people"):
            descriptor = words.strip()
        plural = head in PLURAL_HEADS
        return self._add(
            ("unnamed", descriptor.lower()),
            source_type="group" if plural else "person",
            is_named=False,
            is_plural=plural,
            descriptor=descriptor,
            rank=_rank(bare, head),
            country_text=country[1] if country else _country_of(referents),
            sector_code=_sector(descriptor),
        )

    def _same_role(self, bare: list[str], head: str) -> Referent | None:
        """Find the person whose role "the minister" or "the president" repeats."""
        if head in ("official", "source", "person", "man", "woman", "diplomat", "analyst", "aide"):
            return None
        for place in reversed(self._cast.places):
            person = place.referent
            if any(head in role.title.lower() for role in person.roles):
                return person
        if len(bare) <= 2 and head in ("minister", "president", "premier", "chancellor", "senator"):
            return self._last_person
        return None

    def _collective(
        self, words: str, bare: list[str], country: tuple[str, str] | None
    ) -> SourceRef | None:
        if country:
            text_country = country[1]
            code = country[0]
            if any(token in STATE_HEADS for token in bare):
                return self.of_referent(self._cast.government(code, text_country))
            name = _ARTICLE.sub("", words).strip(" ,")
            name = re.sub(r"[’']s\b", "", name)
            kind = "ministry" if "ministry" in bare else "organisation"
            if "army" in bare or "military" in bare or "navy" in bare:
                kind = "armed_force"
            referent = self._cast.refer(name, kind, country_text=text_country, country_code=code)
            return self.of_referent(referent)
        descriptor = _ARTICLE.sub("", words).strip(" ,")
        return self._add(
            ("unnamed", descriptor.lower()),
            source_type="organisation",
            is_named=False,
            descriptor=descriptor,
            sector_code=_sector(descriptor),
        )

    def _document_phrase(
        self, words: str, start: int, end: int, referents: list[Referent]
    ) -> SourceRef | None:
        outlets = [referent for referent in referents if referent.entity_type == "outlet"]
        if outlets:
            return self._outlet(outlets[0])
        country = self._country_in(start, end)
        owner = referents[0] if referents else None
        if owner is None and country:
            owner = self._cast.government(*country)
        if owner is None and _BACK_REFERENCE.match(words) and self._last_document:
            return self._last_document
        descriptor = re.sub(r"[’']s\b", "", _ARTICLE.sub("", words)).strip(" ,")
        return self._add(
            ("document", descriptor.lower(), owner.number if owner else None),
            source_type="document",
            is_named=owner is not None,
            descriptor=descriptor,
            country_text=owner.country_text if owner else None,
            referent=owner,
        )

    def _poll(self, words: str, referents: list[Referent]) -> SourceRef:
        descriptor = _ARTICLE.sub("", words).strip(" ,")
        return self._add(
            ("poll", descriptor.lower()),
            source_type="poll",
            is_named=bool(referents),
            descriptor=descriptor,
            referent=referents[0] if referents else None,
        )

    def _unknown_name(
        self, words: str, start: int, end: int, country: tuple[str, str] | None
    ) -> SourceRef | None:
        """Take capitals that no list knows as a name: of a country, a body, an outlet, a person."""
        if country:
            return self.of_referent(self._cast.government(*country))
        name = " ".join(
            word for word in _ARTICLE.sub("", words).split() if word[:1].isupper() or word == "of"
        ).strip(" ,.")
        name = re.sub(r"[’']s?$", "", name)
        if not name or name.lower() in ("of",):
            return None
        tail = name.split()[-1]
        person = self._cast.by_surname(tail)
        if person:
            return self.of_referent(person)
        if tail in OUTLET_WORDS:
            entity_type = "outlet"
        elif tail in ORGANISATION_WORDS or name.isupper() or words.lower().startswith("the "):
            entity_type = "organisation"
        else:
            entity_type = "person"
        referent = self._cast.refer(name, entity_type)
        position = self._cast.text.find(name, start, end)
        if position >= 0:
            self._cast.mention(referent, position, position + len(name), "full_name", 0.6)
        return self.of_referent(referent)

    def _outlet(self, referent: Referent) -> SourceRef:
        if referent.name == self._publisher:
            return self.listed[0]
        return self._add(
            ("outlet", referent.name),
            source_type="outlet",
            is_named=True,
            source_name=referent.name,
            referent=referent,
        )

    def _office(self, words: str, person: Referent) -> SourceRef:
        return self._add(
            ("office", person.number, words.split()[-1].lower()),
            source_type="organisation",
            is_named=True,
            descriptor=f"{words.split()[-1]} of {person.name}",
            country_text=person.country_text,
            referent=person,
        )

    def _last_person_before(self, position: int, pronoun: str) -> Referent | None:
        recent = self._cast.last_before(position, "person", within=400)
        if (
            self._last_person
            and self._last_source
            and (self._last_source.referent is self._last_person)
        ):
            mentioned_since = recent is not None and recent is not self._last_person
            if not mentioned_since or pronoun in ("he", "she"):
                return self._last_person
        return recent or self._last_person

    def _last_collective(self, position: int) -> SourceRef | None:
        referent = self._cast.last_before(
            position, "organisation", "government", "ministry", "party", "group", "outlet",
            "international_organisation", "armed_force", within=500,
        )  # fmt: skip
        return self.of_referent(referent) if referent else None

    def _referents(self, start: int, end: int) -> Iterator[Referent]:
        for place in self._cast.inside(start, end):
            yield place.referent

    def _country_in(self, start: int, end: int) -> tuple[str, str] | None:
        """Give code and word of the first country named in a stretch, as a noun or adjective."""
        for hit in self._cast.gazetteer.find(self._cast.text[start:end]):
            if hit.known.kind == "country":
                return hit.known.country_code, self._cast.text[start:end][hit.start : hit.end]
        return None

    def _add(self, key: tuple, **columns: object) -> SourceRef:
        source = self._by_key.get(key)
        if source is None:
            source = SourceRef(number=len(self.listed), **columns)
            self._by_key[key] = source
            self.listed.append(source)
        return source


def _is_possessor(words: str, person: Referent, head: str | None) -> bool:
    """Tell "Gallant's office" and "a spokesman for Gallant" from Gallant himself."""
    if head is None:
        return False
    after = words.partition(person.surname)[2]
    before = words.partition(person.surname)[0].lower()
    owned = re.match(r"[’']s?\s+\w+", after) is not None
    through = re.search(rf"\b{head}\s+(?:for|of|to|close to)\b", before) is not None
    return owned or (through and head not in ("minister", "president", "director", "leader"))


def _rank(bare: list[str], head: str) -> str:
    if any(token.startswith("spokes") for token in bare):
        return "spokesperson"
    if any(token in SENIOR_WORDS for token in bare):
        return "senior"
    if "former" in bare:
        return "former"
    is_official = re.match(r"official|diplomat|minister|ambassador|envoy|aide|adviser", head)
    return "official" if is_official else "ordinary"


def _sector(descriptor: str) -> str | None:
    return next((code for words, code in SECTOR_BY_ROLE if words.search(descriptor)), None)


def _country_of(referents: list[Referent]) -> str | None:
    return next((r.country_text for r in referents if r.country_text), None)
