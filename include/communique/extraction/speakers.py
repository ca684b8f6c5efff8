"""Who a source is: a named actor, an unnamed referent of this article, a document, an outlet."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.extraction.entities import Cast, Referent
from communique.extraction.lexicon import (
    COLLECTIVE_HEADS,
    DOCUMENT_HEADS,
    NOT_NAMES,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    PERSON_HEADS,
    PLURAL_HEADS,
    POLL_HEADS,
    POST_HEADS,
    SECTOR_BY_ROLE,
    SENIOR_WORDS,
    STATE_HEADS,
    TITLE_HEADS,
)
from communique.extraction.recall import Recall
from communique.extraction.sentences import Sentence

_ARTICLE = re.compile(
    r"^(?:the|a|an|one(?! of)|some(?! of)|his|her|their|its|this|these|those)\s+", re.I
)
_OFFICE = re.compile(r"^(?:his|her|their|its)\s+(?:office|spokes\w+|lawyers?|campaign|team)$", re.I)
_OWNED_OFFICE = re.compile(r"[A-Z][\w-]+[’']s?\s+(?:office|campaign|spokes\w+|lawyers?|team)$")
_BACK_REFERENCE = re.compile(r"^(?:the|this|that|these|those)\s+", re.I)
_ONE_OF = re.compile(r"^(?:one|another|each) of\b", re.I)
_PARTY_AND_STATE = re.compile(r"[RDI]-[A-Z]")
_QUANTIFIERS = frozenset(
    "one two three four some many most several both all none each another few dozens any".split()
)
_THE_NAME = re.compile(r"The [A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}")
"""A name whose article is a part of it, as only outlets have it: "told The Media Line"."""
_LINKS = "of|for|to|with|who|whom|whose|that|at|from|by|in|against|about|including|among"
_AND = re.compile(r",?\s+and\s+|,\s+(?=[A-Z])")
_PLAIN_HEADS = frozenset({"official", "source", "person", "man", "woman", "diplomat", "analyst",
                          "aide", "expert", "resident", "witness", "lawyer"})  # fmt: skip
_ISSUED = frozenset({"statement", "letter", "release", "note", "memo", "filing"})
"""Documents that whoever spoke last may have issued."""
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

    def __init__(
        self, cast: Cast, publisher: str | None, sentences: Sequence[Sentence] = ()
    ) -> None:
        self._cast = cast
        self._recall = Recall(cast, sentences)
        self._by_key: dict[tuple, SourceRef] = {}
        self.listed: list[SourceRef] = []
        self._publisher = publisher
        self._add(
            ("publisher",),
            source_type="outlet",
            is_named=publisher is not None,
            source_name=publisher,
            descriptor=None if publisher else "unnamed publisher",
        )

    def resolve(self, start: int, end: int) -> list[SourceRef]:
        """Decide who the words `start..end` are: nobody, one, or several joined by "and"."""
        speakers: list[SourceRef] = []
        for first, last in self._joined(start, end):
            source = self._resolve(self._cast.text[first:last], first, last)
            if source is not None and source not in speakers:
                speakers.append(source)
        for source in speakers:
            self._recall.note(start, source)
        return speakers

    def _joined(self, start: int, end: int) -> list[tuple[int, int]]:
        """Part "Israel and the United States" where each part names an actor by itself."""
        parts, position = [], start
        for found in _AND.finditer(self._cast.text, start, end):
            parts.append((position, found.start()))
            position = found.end()
        parts.append((position, end))
        if len(parts) > 1 and all(self._names_somebody(*part) for part in parts):
            return parts
        return [(start, end)]

    def _names_somebody(self, start: int, end: int) -> bool:
        words = self._cast.text[start:end]
        if not words.strip() or re.search(r"\b(?:of|for|to|at|who|that|with)\b", words):
            return False
        if any(place.end >= end - 1 for place in self._cast.inside(start, end)):
            return True
        return any(
            hit.known.alias_type not in ("adjective", "people") and start + hit.end >= end
            for hit in self._cast.gazetteer.find(words)
        )

    def outlet(self, start: int, end: int) -> SourceRef | None:
        """Give the outlet that the words name first; None when they name none, or the publisher."""
        for place in self._cast.inside(start, end):
            if place.referent.entity_type == "outlet":
                source = self._outlet(place.referent)
                return source if source.number else None
            if place.start - start < 4:
                break
        unknown = _THE_NAME.match(self._cast.text, start, end)
        if unknown is None or self._cast.inside(start, start + len(unknown[0])):
            return None
        referent = self._cast.refer(unknown[0], "outlet")
        self._cast.mention(referent, *unknown.span(), "full_name", 0.6)
        source = self._outlet(referent)
        return source if source.number else None

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
        if lowered == "who":
            before = self._cast.inside(max(0, start - 40), start)
            near = [place.referent for place in before if start - place.end <= 2]
            return self.of_referent(near[-1]) if near else None
        if lowered in ("he", "she"):
            return self._known(self._recall.person(start, lowered))
        if lowered == "they":
            return self._known(self._recall.group(start))
        if lowered == "it":
            return self._known(self._recall.collective(start))
        if _OFFICE.match(words):
            person = self._known(self._recall.person(start))
            return self._office(words, person.referent) if person and person.referent else None
        owned = _OWNED_OFFICE.search(words)
        if owned:
            people = [one for one in self._referents(start, end) if one.entity_type == "person"]
            if people:
                return self._office(words, people[-1])
        return self._noun_phrase(words, start, end)

    def _known(self, found: object) -> SourceRef | None:
        """Give the source for what the text before was asked for."""
        return self.of_referent(found) if isinstance(found, Referent) else found

    def _noun_phrase(self, words: str, start: int, end: int) -> SourceRef | None:
        tokens = [word.lower() for word in _WORD.findall(words)]
        bare = [re.sub(r"[’']s?$", "", token) for token in tokens]
        head = self._head(bare)
        referents = list(self._referents(start, end))
        people = [referent for referent in referents if referent.entity_type == "person"]
        bodies = [
            place.referent
            for place in self._cast.inside(start, end)
            if place.referent.entity_type not in ("person", "government")
            and place.end >= end - 1
            and (head is None or head in place.referent.name.lower().split())
        ]
        if bodies and not people:
            return self.of_referent(bodies[0])
        if people and head not in DOCUMENT_HEADS and not _is_possessor(words, people[0], head):
            return self.of_referent(people[0])
        if head in POLL_HEADS:
            return self._poll(words, referents)
        if head in DOCUMENT_HEADS:
            return self._document_phrase(words, start, end, head, referents)
        country = self._country_in(start, end)
        if head in STATE_HEADS and head != "leaders":
            country = country or self._country_of_leader(words)
            if country:
                return self.of_referent(self._cast.government(*country))
        if head in COLLECTIVE_HEADS and not country and _BACK_REFERENCE.match(words):
            body = self._recall.body(start, head) if len(bare) <= 3 else None
            if body:
                return self.of_referent(body)
        if head in PERSON_HEADS:
            return self._unnamed_people(words, bare, start, head, country, referents)
        if head in COLLECTIVE_HEADS and not any(r.entity_type != "government" for r in referents):
            return self._collective(words, bare, country)
        if referents:
            return self.of_referent(referents[0])
        if _BACK_REFERENCE.match(words) and len(bare) == 2:
            body = self._recall.body(start, bare[-1])
            if body:
                return self.of_referent(body)
        return self._unknown_name(words, start, end, country)

    def _country_of_leader(self, words: str) -> tuple[str, str] | None:
        """Give the country of "the Oyelaran administration", by its leader's country."""
        for name in re.findall(r"[A-Z][\w’'-]+", words):
            person = self._cast.by_surname(name)
            if person and person.country_code and person.country_text:
                return person.country_code, person.country_text
            holder = self._cast.gazetteer.holder(name)
            if holder and holder.country_code:
                return holder.country_code, self._cast.gazetteer.country_names[holder.country_code]
        return None

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
        if len(tokens) > 2 and tokens[1] == "of" and tokens[0] in _QUANTIFIERS:
            tokens = tokens[2:]
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
        start: int,
        head: str,
        country: tuple[str, str] | None,
        referents: list[Referent],
    ) -> SourceRef | None:
        if head in ("authorities", "leadership") and country:
            return self.of_referent(self._cast.government(*country))
        is_back_reference = _BACK_REFERENCE.match(words) is not None and len(bare) <= 6
        if is_back_reference:
            known = self._taken_up(bare, start, head, country)
            if known:
                return known
        descriptor = _ARTICLE.sub("", words).strip(" ,")
        if descriptor.lower() in ("police", "people", "others"):
            descriptor = words.strip()
        plural = head in PLURAL_HEADS and not _ONE_OF.match(words)
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

    def _taken_up(
        self, bare: list[str], start: int, head: str, country: tuple[str, str] | None
    ) -> SourceRef | None:
        """Find whom "the minister" or "the second official" was before."""
        unnamed = self._recall.unnamed(start, head)
        if unnamed and (head in PLURAL_HEADS or head in _PLAIN_HEADS) and len(bare) <= 3:
            return unnamed
        if head in PLURAL_HEADS or head in _PLAIN_HEADS:
            return None
        code = country[0] if country else None
        person = self._recall.in_role(start, head, code)
        if person:
            return self.of_referent(person)
        if unnamed:
            return unnamed
        if head in ("president", "leader", "minister", "premier", "chancellor", "senator",
                    "congressman", "congresswoman", "republican", "democrat", "lawmaker",
                    "governor", "mayor", "professor", "general", "ambassador"):  # fmt: skip
            found = self._recall.person(start)
            return self._known(found)
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
            possessor = re.match(r"(?P<word>[A-Z][\w.]*(?: [A-Z][\w.]*)?)[’']s?\s+", name)
            if possessor and self._cast.gazetteer.get(possessor["word"]):
                adjective = self._cast.gazetteer.adjectives.get(code, text_country)
                name = f"{adjective} {name[possessor.end() :]}"
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
        self, words: str, start: int, end: int, head: str, referents: list[Referent]
    ) -> SourceRef | None:
        outlets = [referent for referent in referents if referent.entity_type == "outlet"]
        if outlets:
            return self._outlet(outlets[0])
        country = self._country_in(start, end)
        owner = referents[0] if referents else None
        if owner is None and country:
            owner = self._cast.government(*country)
        if owner is None and _BACK_REFERENCE.match(words):
            document = self._recall.document(start, head)
            if document:
                return document
            issuer = self._recall.last(start) if head in _ISSUED else None
            owner = issuer.referent if issuer else None
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
        while name and name.split()[0] in NOT_NAMES | {"of"}:
            name = name.partition(" ")[2]
        name = name.removesuffix(" of").strip(" ()")
        if not name or name in TITLE_HEADS or _PARTY_AND_STATE.match(name):
            return None
        if self._is_common_word(name):
            return None
        tail = name.split()[-1]
        person = self._cast.by_surname(tail)
        if person:
            return self.of_referent(person)
        holder = self._cast.gazetteer.holder(name)
        name = holder.name if holder else name
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

    def _is_common_word(self, name: str) -> bool:
        """Tell a word that only starts a sentence: elsewhere the text has it in small letters."""
        return " " not in name and bool(
            re.search(rf"\b{re.escape(name.lower())}\b", self._cast.text)
        )

    def _outlet(self, referent: Referent) -> SourceRef:
        if self._publisher and _core(referent.name) == _core(self._publisher):
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


def _core(outlet: str) -> set[str]:
    """Give the words that tell outlets apart: "Fox Online News" and "Fox News" are one."""
    words = set(re.findall(r"\w+", outlet.lower()))
    return words - {"the", "online", "web", "news", "com", "www"} or words


def _is_possessor(words: str, person: Referent, head: str | None) -> bool:
    """Tell "Gallant's office" and "a spokesman for Gallant" from Gallant himself."""
    if head is None:
        return False
    after = words.partition(person.surname)[2]
    before = words.partition(person.surname)[0].lower()
    owned = re.match(r"[’']s?\s+\w+", after) is not None
    owned = owned or (head in COLLECTIVE_HEADS and head in after.lower().split())
    if any(head in role.title.lower().split() for role in person.roles):
        return owned
    through = re.search(rf"\b{head}\b.*\b(?:{_LINKS})\s", before) is not None
    return owned or through


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
