"""Who a source is: a named actor, an unnamed referent of this article, a document, an outlet."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.extraction.bodies import official_ministry
from communique.extraction.cast import Cast, Place, Referent
from communique.extraction.lexicon import (
    ABBREVIATED_TITLES,
    CHAMBERS,
    COLLECTIVE_HEADS,
    NO_SURNAMES,
    NOT_NAMES,
    ORGANISATION_WORDS,
    PARTY_MEMBERS,
    PERSON_HEADS,
    POST_HEADS,
    SECTOR_BY_ROLE,
    SENIOR_WORDS,
    STATE_HEADS,
)
from communique.extraction.naming import name_at_end, nearest_longer_name
from communique.extraction.phrases import Phrase, is_plural_noun, kind_of, read_phrase, singular_of
from communique.extraction.recall import Candidate, Recall
from communique.extraction.roles import role_fit
from communique.extraction.sentences import Sentence

_ARTICLE = re.compile(
    r"^(?:the|a|an|one(?! of)|some(?! of)|his|her|their|its|this|these|those)\s+", re.I
)
_THE_NAME = re.compile(r"The [A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}")
"""A name whose article is a part of it, as only outlets have it: "told The Media Line"."""
_ADVERB = re.compile(r"[a-z]{3,}(?:ally|ously|ively|ently|edly)")
"""A word that the tagger may take for a source, and that is nobody."""
_JOINT = re.compile(r",?\s+(?:and(?! file\b)|or|as well as)\s+|,\s+(?=[A-Z]|the [A-Z])")
_APPOSITION = re.compile(
    r",\s+(?:an?|the(?! [A-Z])|who|which|whose|including|(?:a )?(?:former|one))\s"
)
_PRONOUNS = {
    "he": "he", "she": "she", "him": "he", "her": "she", "his": "he", "hers": "she",
    "they": "they", "them": "they", "their": "they", "we": "they", "it": "it", "its": "it",
    "i": "i", "himself": "he", "herself": "she", "itself": "it", "themselves": "they",
}  # fmt: skip
_MEANT = re.compile(r"\w+ \[(?P<name>[^\[\]]+)\]")
"""A pronoun that the reporter explains: "She [Merkel]"."""
_TITLE_AT_END = re.compile(rf"\b(?:{ABBREVIATED_TITLES})\.?\Z")
_REST_OF_NAME = re.compile(r"\.?[ \u00a0][A-Z][\w’'-]+")
_STRESSED = re.compile(r"\s(?:(?:him|her|it|them)sel(?:f|ves)|alike)\s*\Z")
"""What stresses who stands before it: "the ministry itself"."""
_LAST_WORDS = re.compile(r"(?:\b[\w’'-]+ ){0,4}[\w’'-]+(?=,?\s*$)")
_OFFICE_HEADS = frozenset({"office", "campaign", "team"})
_OF_STATES = frozenset(
    """ministry army military navy parliament presidency embassy delegation mission police bank
    office council court agency department commission committee secretariat opposition""".split()
)
"""Bodies of which a state has one, so that its adjective makes a name: "Swiss parliament"."""
_STATEMENT_HEADS = frozenset(
    """statement letter release note memo filing announcement remarks declaration communique tweet
    communiqué post email e-mail reply""".split()
)
"""Documents that whoever spoke last may have issued."""
_STUDY_HEADS = frozenset(
    """report reports study survey poll results polls surveys findings research paper document data
    figures""".split()
)
_ISSUERS = ("organisation", "outlet", "poll", "document")
_ISSUED_BY = frozenset({"by", "of", "from"})
_LONGEST_PHRASE = 600
_ONLY_READ_BY = frozenset({"seen", "obtained", "reviewed", "polled"})
_PLAIN_HEADS = frozenset({"official", "source", "person", "man", "woman", "diplomat", "analyst",
                          "aide", "expert", "resident", "witness", "lawyer"})  # fmt: skip
_HEADS_OF = {"state": "president", "government": "prime minister"}
_OF_FIELDS = ("on", "in")
_BEHIND_TITLES = ("of", "to", "for", "at", "and", *_OF_FIELDS)
_NOT_NARROWING = frozenset({"the", "fellow", "his", "her", "its", "these", "hill"})
"""Words before "Republicans" that leave it the whole party."""
_TWO_OF = {
    "sides": ("government", "party"),
    "countries": ("government",),
    "nations": ("government",),
    "governments": ("government",),
    "states": ("government",),
    "parties": ("party", "government"),
    "leaders": ("person",),
    "men": ("person",),
    "women": ("person",),
    "presidents": ("person",),
    "strategists": ("person",),
    "ministers": ("person",),
    "senators": ("person",),
}
"""Whom "both sides" or "the two leaders" may be."""


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
        """Decide who the words `start..end` are: one, several joined by "and", rarely nobody.

        Of a phrase longer than any that names a source, only the beginning is read.
        """
        end = min(end, start + _LONGEST_PHRASE)
        if _TITLE_AT_END.search(self._cast.text, start, end):
            named = _REST_OF_NAME.match(self._cast.text, end)
            end = named.end() if named else end
        if _ADVERB.fullmatch(self._cast.text, start, end):
            return []
        speakers: list[SourceRef] = []
        for first, last in self._joined(start, end):
            for source in self._resolve(first, last):
                if source not in speakers:
                    speakers.append(source)
        for source in speakers:
            self._recall.note(start, source)
        return speakers

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

    def _joined(self, start: int, end: int) -> list[tuple[int, int]]:
        """Part "Israel and its allies" where each part is a whole phrase."""
        text = self._cast.text
        apposed = _APPOSITION.search(text, start, end)
        joints = list(_JOINT.finditer(text, start, apposed.start() if apposed else end))
        if not any(found[0].strip(" ,\n") for found in joints):
            return self._listed(start, end, joints)
        parts: list[tuple[int, int]] = []
        first = start
        is_closed = True
        for stop, following in [*(found.span() for found in joints), (end, end)]:
            if self._is_whole(first, stop, is_first=not parts) and is_closed:
                parts.append((first, stop))
                is_closed = not re.search(
                    r"\b(?:of|for|to|at|who|that|with|in|by|from)\b", text[first:stop]
                )
                first = following
        if first < end:
            parts = [*parts[:-1], (parts[-1][0], end)] if parts else [(start, end)]
        return parts

    def _listed(
        self, start: int, end: int, commas: Sequence[re.Match[str]]
    ) -> list[tuple[int, int]]:
        """Part "Israel, the U.S." where each part is the name of an actor of one type."""
        edges = [start, *(edge for found in commas for edge in found.span()), end]
        parts = list(zip(edges[::2], edges[1::2], strict=True))
        types = set()
        for first, last in parts:
            inside = self._cast.inside(first, last)
            words = self._cast.text[first:last].strip(" ,").lower().removeprefix("the ")
            place = inside[0] if len(inside) == 1 else None
            whole = place and place.end - place.start >= len(words) - 1
            types.add(place.referent.entity_type if place and whole else None)
        return parts if len(types) == 1 and None not in types else [(start, end)]

    def _is_whole(self, start: int, end: int, *, is_first: bool) -> bool:
        """Tell a phrase that can stand alone from half of one: "Democratic and Republican ..."."""
        phrase = read_phrase(self._cast.text, start, end)
        if not phrase.core:
            return False
        if phrase.head is None:
            last = phrase.core[-1]
            hits = list(self._cast.gazetteer.find(self._cast.text[start:end]))
            if hits and start + hits[-1].end >= last.end - 2:
                return hits[-1].known.alias_type not in ("adjective", "people")
            if self._place_ending_at(start, phrase.core_end):
                return True
            names = [token for token in phrase.core if token.bare != "the"]
            is_described = len(names) > 1 and not names[-2].is_capital
            is_name = last.word not in NOT_NAMES | NO_SURNAMES
            return (len(names) == 1 or is_described) and is_name
        is_determined = phrase.owner or phrase.is_definite or phrase.is_indefinite
        return phrase.kind in ("person", "body") and bool(is_determined or phrase.is_plural)

    def _resolve(self, start: int, end: int) -> list[SourceRef]:
        stressed = _STRESSED.search(self._cast.text, start, end)
        end = stressed.start() if stressed else end
        words = self._cast.text[start:end].strip(" ,.:;\n\u00a0")
        lowered = words.lower()
        if not lowered:
            return []
        if lowered in ("who", "whom", "whose"):
            return _one(self._antecedent(start))
        meant = _MEANT.fullmatch(words)
        explained = self._place_ending_at(start, start + meant.end("name")) if meant else None
        if explained:
            return [self.of_referent(explained.referent)]
        if lowered in _PRONOUNS:
            return _one(self._pronoun(_PRONOUNS[lowered], start, words))
        phrase = read_phrase(self._cast.text, start, end)
        if not phrase.core:
            return []
        named = self._by_own_name(phrase)
        if named:
            return [named]
        pair = self._pair(phrase)
        if pair:
            return [self.of_referent(one) for one in pair]
        return [self._common_noun(phrase, words)]

    def _pronoun(self, pronoun: str, start: int, words: str) -> SourceRef | None:
        if pronoun in ("he", "she"):
            found = self._recall.person(start, pronoun)
        elif pronoun == "they":
            found = self._recall.group(start)
        elif pronoun == "it":
            found = self._recall.collective(start)
        else:
            found = self._recall.last(start)
        return self._known(found) or self._unnamed(
            read_phrase(self._cast.text, start, start + len(words)), words
        )

    def _known(self, found: Candidate | None) -> SourceRef | None:
        """Give the source for what the text before was asked for."""
        return self.of_referent(found) if isinstance(found, Referent) else found

    def _antecedent(self, start: int) -> SourceRef | None:
        """Give whom a relative clause is about: the name, else the phrase, right before it."""
        text = self._cast.text
        near = self._cast.inside(max(0, start - 120), start)
        if near and start - near[-1].end <= 2:
            return self.of_referent(near[-1].referent)
        people = [one for one in near if one.referent.entity_type == "person"]
        if people and re.fullmatch(r",[^.!?\n]*,\s*", text[people[-1].end : start]):
            return self.of_referent(people[-1].referent)
        noun = _LAST_WORDS.search(text[max(0, start - 60) : start])
        if noun:
            first = max(0, start - 60) + noun.start()
            phrase = read_phrase(text, first, first + len(noun[0]))
            if phrase.kind == "person":
                return self._unnamed(phrase, noun[0])
        return self._known(self._recall.person(start))

    def _place_ending_at(self, start: int, end: int) -> Place | None:
        """Give the mention that a phrase ends with."""
        inside = self._cast.inside(start, end + 2)
        return inside[-1] if inside and end - 2 <= inside[-1].end <= end + 2 else None

    def _by_own_name(self, phrase: Phrase) -> SourceRef | None:
        """Give the actor that the phrase itself names, alone, behind a title or in apposition."""
        if phrase.is_partitive:
            return None
        whole = self._place_ending_at(phrase.core[0].start, phrase.end)
        is_whole = whole is not None and (
            whole.start == phrase.core[0].start or self._is_behind_its_kind(phrase, whole)
        )
        if is_whole and whole.end > phrase.core_end and not self._is_of_party(phrase):
            return self.of_referent(whole.referent)
        if phrase.core[-1].is_capital:
            place = self._place_ending_at(phrase.core[0].start, phrase.core_end)
            is_person = place is not None and place.referent.entity_type == "person"
            is_actor = is_person or not self._is_a_people(phrase.core[0].start, phrase.core_end)
            if place and is_actor and not self._is_of_party(phrase):
                return self.of_referent(self._name_behind_title(phrase) or place.referent)
            found = self._party(phrase)
            if found or self._is_of_party(phrase):
                return found
            if phrase.head is None:
                return self._named_core(phrase)
        apposed = self._apposed_name(phrase)
        is_somebody = phrase.is_indefinite or (phrase.owner and phrase.kind == "person")
        if apposed is None or (is_somebody and apposed.entity_type != "person"):
            return None
        return self.of_referent(apposed)

    def _is_behind_its_kind(self, phrase: Phrase, place: Place) -> bool:
        """Tell a name that says which one of a kind: "the conservative group Ships for All"."""
        before = [token.bare for token in phrase.core if token.end <= place.start]
        return len(before) > 1 and before[-1] in COLLECTIVE_HEADS and before[0] == "the"

    def _is_of_party(self, phrase: Phrase) -> bool:
        return phrase.words[-1] in PARTY_MEMBERS and is_plural_noun(phrase.words[-1])

    def _named_core(self, phrase: Phrase) -> SourceRef | None:
        start, end = phrase.core[0].start, phrase.core_end
        late = self._name_behind_title(phrase)
        if late:
            return self.of_referent(late)
        country = self._country_at_end(start, end)
        if country == "people":
            return self._unnamed(phrase, self._cast.text[phrase.start : phrase.end])
        if country:
            return self.of_referent(self._cast.government(*country))
        if len(phrase.core) == 1 and self._is_common_word(phrase.core[0].word):
            return None
        last = phrase.core[-1].word
        if last in ORGANISATION_WORDS and len(phrase.core) <= 2:
            body = self._recall.body(start, last.lower())
            if body:
                return self.of_referent(body)
        referent = name_at_end(self._cast, start, end)
        return self.of_referent(referent) if referent else None

    def _name_behind_title(self, phrase: Phrase) -> Referent | None:
        """Give the person at the end of "Ambassador to the United Nations Danny Danon".

        What is no name may stand between where it tells a field: "expert on cybercrime Ann Lee".
        """
        if not phrase.tail or phrase.tail[0].word not in _BEHIND_TITLES:
            return None
        text = self._cast.text
        comma = text.find(",", phrase.core_end, phrase.end)
        stop = comma if comma >= 0 else phrase.end
        people = [
            place
            for place in self._cast.inside(phrase.core_end, stop + 1)
            if place.referent.entity_type == "person" and place.end >= stop - 1
        ]
        if people and text[people[-1].start - 1] in " \u00a0":
            before = text[phrase.core_end : people[-1].start].split()
            is_field = (
                phrase.tail[0].word in _OF_FIELDS
                and len(before) > 1
                and kind_of(before[-1]) == "thing"
            )
            if is_field or (before and before[-1][:1].isupper()):
                return people[-1].referent
        return None

    def _apposed_name(self, phrase: Phrase) -> Referent | None:
        """Give the name set behind a description: "the secretary of state, Rex Tillerson"."""
        text = self._cast.text
        is_title = not phrase.is_indefinite and not phrase.owner
        if is_title and (phrase.head is not None or phrase.core[-1].is_capital):
            late = self._name_behind_title(phrase)
            if late:
                return late
        comma = text.find(",", phrase.core_end, phrase.end)
        if comma < 0:
            return None
        stop = text.find(",", comma + 1, phrase.end)
        stop = stop if stop >= 0 else phrase.end
        begin = comma + 1 + len(text[comma + 1 : stop]) - len(text[comma + 1 : stop].lstrip())
        place = self._place_ending_at(begin, stop)
        if place and place.start == begin:
            return place.referent
        if phrase.kind in ("document", "poll") or phrase.is_plural or phrase.is_indefinite:
            return None
        rest = text[begin:stop].split()
        if rest and all(word[:1].isupper() for word in rest):
            return name_at_end(self._cast, begin, stop)
        return None

    def _party(self, phrase: Phrase) -> SourceRef | None:
        """Give the party whose members speak with nothing narrowing them down."""
        party = PARTY_MEMBERS.get(phrase.words[-1])
        others = [word for word in phrase.words[:-1] if word not in _NOT_NARROWING]
        if party is None or not is_plural_noun(phrase.words[-1]):
            return None
        if phrase.is_indefinite or phrase.is_partitive:
            return None
        if phrase.tail and (others or phrase.tail[0].word != "in"):
            return None
        if not others:
            return self.of_referent(self._cast.refer(party, "party"))
        if len(others) == 1 and others[0] in CHAMBERS:
            name = f"{CHAMBERS[others[0]]} {phrase.words[-1].capitalize()}"
            return self.of_referent(self._cast.refer(name, "group"))
        return None

    def _is_a_people(self, start: int, end: int) -> bool:
        hits = list(self._cast.gazetteer.find(self._cast.text[start:end]))
        return bool(hits) and hits[-1].known.alias_type == "people"

    def _country_at_end(self, start: int, end: int) -> tuple[str, str] | str | None:
        """Give the country that a phrase is; "people" where it is its people."""
        hits = list(self._cast.gazetteer.find(self._cast.text[start:end]))
        if not hits or hits[-1].known.kind != "country" or start + hits[-1].end < end - 2:
            return None
        hit = hits[-1]
        if hit.known.alias_type == "people":
            return "people"
        before = self._cast.text[start : start + hit.start].strip(' \u00a0“"').lower()
        if before not in ("", "the", "official", "post-war", "modern"):
            return None
        return hit.known.country_code, self._cast.text[start + hit.start : start + hit.end]

    def _pair(self, phrase: Phrase) -> list[Referent]:
        """Give the two that "both sides" or "the two leaders" are."""
        is_pair = phrase.words[0] == "both" or (
            len(phrase.words) > 2 and phrase.words[:2] in (("the", "two"), ("these", "two"))
        )
        if not is_pair or phrase.head not in _TWO_OF:
            return []
        return self._recall.pair(phrase.start, _TWO_OF[phrase.head])

    def _common_noun(self, phrase: Phrase, words: str) -> SourceRef:
        """Decide on a phrase whose head is no name."""
        head = phrase.head or phrase.words[-1]
        country = self._country_in(phrase.core[0].start, phrase.core_end)
        if phrase.kind == "thing" and phrase.owner:
            return self._pronoun(phrase.owner, phrase.start, words) or self._unnamed(phrase, words)
        if phrase.kind == "thing" and not phrase.is_plural:
            owner = self._possessor(phrase)
            if owner:
                return self.of_referent(owner)
        if phrase.kind in ("document", "poll"):
            return self._document_phrase(phrase, words, head)
        if head in STATE_HEADS and head not in ("leaders",):
            state = self._state(phrase, head, country)
            if state:
                return state
        if phrase.kind == "media":
            return self._media(phrase, words, head)
        if phrase.kind == "body":
            return self._body(phrase, words, head, country)
        return self._people(phrase, words, head, country)

    def _state(
        self, phrase: Phrase, head: str, country: tuple[str, str] | None
    ) -> SourceRef | None:
        """Give the government that an administration, a cabinet or "the authorities" is."""
        if head == "side" and not country:
            return None
        core = self._cast.text[phrase.core[0].start : phrase.core_end]
        country = country or self._country_of_leader(core)
        if country:
            return self.of_referent(self._cast.government(*country))
        if not phrase.is_definite or head in ("authorities", "leadership"):
            return None
        if head == "administration" and "USA" in self._cast.gazetteer.country_names:
            return self.of_referent(self._cast.government("USA", "US"))
        return self._known(self._recall.government(phrase.start))

    def _media(self, phrase: Phrase, words: str, head: str) -> SourceRef:
        owner = self._possessor(phrase)
        if owner and owner.entity_type not in ("government", "person"):
            return self.of_referent(owner)
        outlet = next(
            (p.referent for p in self._cast.inside(phrase.start, phrase.end)
             if p.referent.entity_type == "outlet"), None)  # fmt: skip
        if outlet is None and phrase.is_definite and not is_plural_noun(head):
            outlet = self._recall.body(phrase.start, head)
        if outlet:
            return self.of_referent(outlet)
        return self._unnamed(phrase, words, source_type="outlet")

    def _body(
        self, phrase: Phrase, words: str, head: str, country: tuple[str, str] | None
    ) -> SourceRef:
        """Give the body that a phrase names by its function: "Iran’s foreign ministry"."""
        if head in _OFFICE_HEADS:
            owner = self._owner_person(phrase)
            if owner:
                return self._office(head, owner)
        if country and head in _OF_STATES:
            return self.of_referent(self._national_body(phrase, head, country))
        inside = self._cast.inside(phrase.start, phrase.core_end)
        bodies = [p.referent for p in inside if p.referent.entity_type not in ("person",)]
        if bodies and len(phrase.modifiers) <= 4 and not phrase.is_indefinite:
            return self.of_referent(bodies[-1])
        if phrase.is_definite and len(phrase.modifiers) <= 2:
            code = country[0] if country else None
            is_news = "news" in phrase.modifiers
            found = self._recall.body(phrase.start, head, code, is_news=is_news)
            if found:
                return self.of_referent(found)
        return self._unnamed(phrase, words, source_type="organisation")

    def _national_body(self, phrase: Phrase, head: str, country: tuple[str, str]) -> Referent:
        code, country_text = country
        words = _ARTICLE.sub("", self._cast.text[phrase.core[0].start : phrase.end]).strip(" ,")
        if phrase.tail and head not in ("ministry", "embassy"):
            words = words[: phrase.core_end - phrase.start]
        possessor = re.match(r"(?P<word>[A-Z][\w.]*(?: [A-Z][\w.]*)?)[’']s?\s+", words)
        if possessor and self._cast.gazetteer.get(possessor["word"]):
            adjective = self._cast.gazetteer.adjectives.get(code, country_text)
            words = f"{adjective} {words[possessor.end() :]}"
        known = self._cast.gazetteer.get(words)
        if known and known.kind == "organisation":
            return self._cast.refer(known.name, known.entity_type)
        kind = "organisation"
        if head == "ministry":
            kind = "ministry"
            words = official_ministry(words, self._cast.gazetteer.country_names[code])
        if head in ("army", "military", "navy"):
            kind = "armed_force"
        return self._cast.refer(words, kind, country_text=country_text, country_code=code)

    def _people(
        self, phrase: Phrase, words: str, head: str, country: tuple[str, str] | None
    ) -> SourceRef:
        """Give people by what they are: those taken up again, those in a role, else unnamed."""
        if head in ("authorities", "leadership") and country:
            return self.of_referent(self._cast.government(*country))
        if head == "family":
            owner = self._owner_person(phrase) or self._recall.in_role(
                phrase.start, lambda one: float(phrase.is_definite)
            )
            if owner:
                family = self._cast.refer(f"{owner.surname} family", "group")
                return self.of_referent(family)
        if phrase.owner and phrase.kind == "person":
            return self._unnamed(phrase, words)
        is_title = not phrase.is_plural and not phrase.is_indefinite
        if phrase.is_definite and len(phrase.modifiers) <= 3:
            modifiers = [word for word in phrase.modifiers if word not in ("same", "unnamed")]
            known = self._recall.unnamed(phrase.start, head, modifiers)
            if known and (head in _PLAIN_HEADS or phrase.is_plural):
                return known
        if is_title and head not in _PLAIN_HEADS:
            code = country[0] if country else None
            person = self._recall.in_role(
                phrase.start,
                lambda one: role_fit(self._cast, one, phrase, code),
            )
            if person:
                return self.of_referent(person)
            office = " ".join([*phrase.modifiers[1:], head])
            if head == "head" and len(phrase.tail) > 1:
                office = _HEADS_OF.get(phrase.tail[1].word, office)
            holder = (
                self._cast.gazetteer.sole_holder(office, code, self._cast.published_on)
                if code
                else None
            )
            if holder:
                return self.of_referent(self._cast.refer(holder.name, "person"))
        if phrase.is_definite and is_title and not phrase.modifiers:
            known = self._recall.unnamed(phrase.start, head)
            if known:
                return known
        return self._unnamed(phrase, words)

    def _document_phrase(self, phrase: Phrase, words: str, head: str) -> SourceRef:
        """Give a document or poll with whoever issued it behind it."""
        kind = "poll" if phrase.kind == "poll" else "document"
        owner = self._issuer(phrase, head)
        if owner is None and phrase.is_definite and not phrase.tail:
            family = _STUDY_HEADS if head in _STUDY_HEADS else {head}
            document = self._recall.document(phrase.start, [singular_of(head)])
            if document is None and head in _STUDY_HEADS:
                document = self._recall.document(phrase.start, sorted(family))
            if document and (document.referent or head != "statement"):
                return document
            issuer = None
            if head in _STATEMENT_HEADS:
                issuer = self._recall.issuer(phrase.start, head)
            elif head in _STUDY_HEADS:
                issuer = self._recall.last(phrase.start, _ISSUERS)
            owner = issuer.referent if issuer else None
        descriptor = re.sub(r"[’']s\b", "", _ARTICLE.sub("", words)).strip(" ,")
        if owner and owner.entity_type == "outlet":
            return self._outlet(owner)
        return self._add(
            (kind, descriptor.lower(), owner.number if owner else None),
            source_type=kind,
            is_named=owner is not None,
            descriptor=descriptor,
            country_text=owner.country_text if owner else None,
            referent=owner,
        )

    def _issuer(self, phrase: Phrase, head: str) -> Referent | None:
        """Give whom the phrase itself names as the one who issued a document."""
        if phrase.owner:
            found = self._pronoun(phrase.owner, phrase.start, "")
            return found.referent if found else None
        possessor = self._possessor(phrase)
        if possessor:
            return possessor
        start, end = phrase.core[0].start, phrase.core_end
        inside = [p.referent for p in self._cast.inside(start, end)]
        if inside:
            return inside[-1]
        capitals = [token for token in phrase.core[:-1] if token.is_capital]
        last = next((one for one in reversed(capitals) if one.word in ORGANISATION_WORDS), None)
        if last:
            return name_at_end(self._cast, start, last.end)
        if len(capitals) == 1 and phrase.core.index(capitals[0]):
            longer = nearest_longer_name(self._cast, capitals[0].word)
            if longer:
                return longer
        for hit in self._cast.gazetteer.find(self._cast.text[start:end]):
            if hit.known.kind == "country" and hit.known.alias_type not in ("people",):
                is_noun = hit.known.alias_type != "adjective"
                if is_noun or head in ("statement", "announcement", "declaration"):
                    surface = self._cast.text[start + hit.start : start + hit.end]
                    return self._cast.government(hit.known.country_code, surface)
        verbs = [token.word for token in phrase.tail[:8]]
        is_issued = "by" in verbs or (verbs and verbs[0] in _ISSUED_BY)
        if not is_issued or not _ONLY_READ_BY.isdisjoint(verbs):
            return None
        token = phrase.tail[verbs.index("by" if "by" in verbs else verbs[0])]
        behind = self._cast.inside(token.end, min(phrase.end, token.end + 70))
        return behind[0].referent if behind else None

    def _possessor(self, phrase: Phrase) -> Referent | None:
        """Give the actor whose possessive ending stands before the head."""
        owners = [token for token in phrase.core[:-1] if token.is_possessive]
        if not owners:
            return None
        end = owners[-1].end
        start = phrase.core[0].start
        bare = end - (2 if self._cast.text[end - 2 : end] in ("’s", "'s") else 1)
        found = self._resolve(start, bare)
        return found[0].referent if found else None

    def _owner_person(self, phrase: Phrase) -> Referent | None:
        """Give the person whose office or lawyer speaks."""
        if phrase.owner:
            pronoun = phrase.owner if phrase.owner in ("he", "she") else None
            found = self._recall.person(phrase.start, pronoun)
            return found if isinstance(found, Referent) else None
        owner = self._possessor(phrase)
        if owner is None:
            inside = self._cast.inside(phrase.start, phrase.core_end)
            owner = inside[-1].referent if inside else None
        return owner if owner and owner.entity_type == "person" else None

    def _country_of_leader(self, words: str) -> tuple[str, str] | None:
        """Give the country of "the Oyelaran administration", by its leader's country."""
        for name in re.findall(r"[A-Z][\w’'-]+", words):
            bare = re.sub(r"[’']s?$", "", name)
            person = self._cast.by_surname(bare)
            if person and person.country_code and person.country_text:
                return person.country_code, person.country_text
            holder = self._cast.holder(bare)
            if holder and holder.country_code:
                return holder.country_code, self._cast.gazetteer.country_names[holder.country_code]
        return None

    def _unnamed(self, phrase: Phrase, words: str, *, source_type: str | None = None) -> SourceRef:
        """Give a source that the article leaves unnamed, described in the article's words."""
        descriptor = _ARTICLE.sub("", words).strip(" ,") or words
        if descriptor.lower() in ("police", "people", "others"):
            descriptor = words.strip()
        head = phrase.head or (phrase.words[-1] if phrase.core else "")
        is_surname = any(one.surname.lower() == head for one in self._cast.persons())
        plural = not is_surname and (
            phrase.is_plural or (phrase.head is None and is_plural_noun(head))
        )
        country = self._country_in(phrase.start, phrase.end)
        bare = list(phrase.words)
        if phrase.kind == "thing" and not plural:
            source_type = source_type or "organisation"
        return self._add(
            ("unnamed", descriptor.lower()),
            source_type=source_type or ("group" if plural else "person"),
            is_named=False,
            is_plural=plural,
            descriptor=descriptor,
            rank=None if source_type else _rank(bare, head),
            country_text=country[1] if country else None,
            sector_code=_sector(descriptor),
        )

    def _is_common_word(self, name: str) -> bool:
        """Tell a word that only starts a sentence: elsewhere the text has it in small letters."""
        return (
            name in NOT_NAMES
            or name.lower() in PERSON_HEADS
            or name.lower() in self._cast.small_words
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

    def _office(self, head: str, person: Referent) -> SourceRef:
        return self._add(
            ("office", person.number, head),
            source_type="organisation",
            is_named=True,
            descriptor=f"{head} of {person.name}",
            country_text=person.country_text,
            referent=person,
        )

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


def _one(source: SourceRef | None) -> list[SourceRef]:
    return [source] if source else []


def _core(outlet: str) -> set[str]:
    """Give the words that tell outlets apart: "Fox Online News" and "Fox News" are one."""
    words = set(re.findall(r"\w+", outlet.lower()))
    return words - {"the", "online", "web", "news", "com", "www"} or words


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
