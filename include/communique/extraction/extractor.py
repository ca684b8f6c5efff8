"""One article's text to its records: pure, deterministic, no database and no files."""

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from communique.extraction import times
from communique.extraction.cast import Cast, Referent
from communique.extraction.chains import Chains, Hop, Route, beside
from communique.extraction.channels import Channels
from communique.extraction.entities import find_cast
from communique.extraction.gazetteer import Gazetteer
from communique.extraction.interactions import Meeting, find_interactions, find_request
from communique.extraction.lexicon import POSITION_OF, is_office
from communique.extraction.linking import Span
from communique.extraction.model.confidence import ConfidenceOf, Evidence
from communique.extraction.model.network import Network
from communique.extraction.prose import prose
from communique.extraction.recognition import Recognition
from communique.extraction.sentences import LONGEST_SENTENCE, Quotation, Sentence, split_sentences
from communique.extraction.speakers import SourceRef, Sources
from communique.extraction.tagger import Tagged, tag
from communique.records import (
    Article,
    Block,
    Entity,
    EntityRole,
    Extraction,
    Interaction,
    Mention,
    Source,
    Statement,
    StatementHop,
    StatementSpan,
    make_id,
)

_CARRIERS = ("outlet", "document", "post")
"""Sources that are a hop of what somebody else says, where they say no more than that."""
_CONTEXT = 32
_GAP = " [...] "
_NEARLY_ALL = 0.95
"""The share of a content in quotation marks from which it counts as a direct quotation."""
_DENIED = re.compile(r"\bden(?:y|ies|ied|ying)\b|\brefuted\b", re.I)
_CALLED = re.compile(r"(?:called|phoned|telephoned|rang)", re.I)
_CALL_GOES_ON = re.compile(
    r"\s*(?:[.,;]|$|(?:last|on|this|earlier|yesterday|for|after|before|in|at|from)\b)"
)
_CALL_REACHES = 60
_SILENT = re.compile(
    r"(?:\bnot|\bnever|n[’']t|\byet to|\b(?:unable|declin(?:e|es|ed|ing)|refus(?:e|es|ed|ing)) to)"
    r" (?:(?!only\b)\w+ly )?(?:say|said|mention|comment|specif|elaborat|disclos|confirm|admit|claim"
    r"|acknowledg|deny|denied)\w*",
    re.I,
)
_LEFT_OPEN = re.compile(r"to \w+ (?:that|whether|if)\b")
"""How a content starts that its cue leaves open: "declined" "to say whether it is safe"."""
_SILENT_WITHIN = 24
"""How far before a cue the words that make it a silence may begin."""
_THAT = len(" that ")
_NOBODY = re.compile(r"(?:[Nn]either|[Nn]one|[Nn]obody|[Nn]o[ -]one|[Nn]o (?:[A-Z][\w.]* )*[a-z])")
"""How a source that did not speak starts: "No Finnish official", but not "No Labels"."""
_NOT_SAID = re.compile(
    r"\b(?:if|unless|neither|nor(?: (?:did|do|does|has|have))?) (?:the )?$", re.I
)
"""What right before a source shows that it did not say this: "if Kallela says so"."""
_CONDITIONAL = re.compile(r"\b(?:if|unless|provided that|as long as)\b", re.I)
_HYPOTHETICAL = re.compile(r"\b(?:would|could|might|may)\b", re.I)
_FUTURE = re.compile(
    r"\b(?:will|shall|going to|plans? to|intends? to|vow(?:s|ed)? to)\b|’ll\b", re.I
)


@dataclass(frozen=True, slots=True)
class _Read:
    """One attribution with its speaker and chain decided."""

    tagged: Tagged
    speaker: SourceRef
    route: Route
    chain: tuple[Hop, ...]
    statement_id: str


class Extractor:
    """Reads articles with one network and one registry.

    `version` and `model_hash` are stamped on every run: they change when results may change;
    `gazetteer` has the registry's names.
    """

    version = "tagger-4"

    def __init__(
        self,
        network: Network,
        gazetteer: Gazetteer,
        confidence: ConfidenceOf,
    ) -> None:
        self._network = network
        self._confidence = confidence
        self.gazetteer = gazetteer

    @property
    def model_hash(self) -> str:
        """Identify what reads: the weights, the rules around them and the names they know."""
        return make_id(self.version, self._network.version, self.gazetteer.version)

    def extract(self, article: Article, blocks: Sequence[Block]) -> Extraction:
        """Extract everything from one article; one that is not English yields its publisher."""
        reading = _Reading(self._network, self.gazetteer, self._confidence, article)
        if article.language_code in (None, "en"):
            reading.read(blocks)
        return reading.records()


class _Reading:
    """The state of reading one article."""

    def __init__(
        self,
        network: Network,
        gazetteer: Gazetteer,
        confidence: ConfidenceOf,
        article: Article,
    ) -> None:
        self._network = network
        self._confidence = confidence
        self._article = article
        self._text = article.body_text
        self._published_on = article.published_at.date() if article.published_at else None
        self._latest_day = times.latest_day(article.published_at, article.published_precision)
        self._gazetteer = gazetteer
        self._cast = Cast(self._text, gazetteer)
        self._publisher = _publisher(article, gazetteer)
        self._sources = Sources(self._cast, self._publisher)
        self._chains = Chains(self._cast, self._sources, Channels(self._cast, None, ()), (), ())
        self._read: list[_Read] = []
        self._meetings: list[tuple[Meeting, Sentence]] = []
        self._sentences: list[Sentence] = []
        self._quotations: list[Quotation] = []
        self._resolved: dict[Span, list[SourceRef]] = {}

    def read(self, blocks: Sequence[Block]) -> None:
        """Read the prose of the article, block by block."""
        stretches = prose(self._text, blocks)
        readings = self._network.read(self._text, stretches)
        recognition = Recognition(self._network.heads, readings)
        self._cast = find_cast(
            self._text, self._gazetteer, stretches, recognition, self._published_on
        )
        sentences: list[Sentence] = []
        for start, end in stretches:
            sentences += split_sentences(self._text, start, end, len(sentences) + 1)
        self._sources = Sources(self._cast, self._publisher, sentences)
        self._sentences = sentences
        self._quotations = [one for sentence in sentences for one in sentence.quotations]
        found = tag(self._network, self._text, readings, sentences)
        channels = Channels(self._cast, self._publisher, stretches)
        self._chains = Chains(self._cast, self._sources, channels, sentences, found)
        decided: dict[int, _Read] = {}
        seen: set[str] = set()
        for tagged in found:
            if self._is_call(tagged) or self._is_silence(tagged):
                continue
            for one in self._decide(tagged, decided):
                decided[id(tagged)] = one
                is_hop = tagged.only_relays and one.speaker.source_type in _CARRIERS
                if not is_hop and one.statement_id not in seen:
                    seen.add(one.statement_id)
                    self._read.append(one)
        for sentence in sentences:
            self._read_meetings(sentence)

    def _is_call(self, tagged: Tagged) -> bool:
        """Tell "called his counterpart last week" from "called his counterpart a liar"."""
        if not tagged.cue or not _CALLED.fullmatch(self._text, *tagged.cue):
            return False
        return any(
            meeting.mode == "phone"
            and 0 < meeting.recipient.start - tagged.cue[1] <= _CALL_REACHES
            and _CALL_GOES_ON.match(self._text, meeting.recipient.end)
            for meeting in find_interactions(self._cast, tagged.sentence, self._text)
        )

    def _is_silence(self, tagged: Tagged) -> bool:
        """Tell what somebody did not or would not say, what nobody said, and what one may say."""
        if tagged.source:
            start, end = tagged.source
            if _NOBODY.match(self._text, start, end) or _NOT_SAID.search(
                self._text, max(0, start - _SILENT_WITHIN), start
            ):
                return True
        first = tagged.content[0][0]
        cue_start, cue_end = tagged.cue or (first - _THAT, first)
        left_open = _LEFT_OPEN.match(self._text, first)
        return any(
            found.start() < cue_end and found.end() >= cue_start
            for found in _SILENT.finditer(
                self._text,
                max(0, cue_start - _SILENT_WITHIN),
                left_open.end() if left_open else cue_end,
            )
        )

    def _read_meetings(self, sentence: Sentence) -> None:
        """Note each meeting once, from the first sentence that says when it was."""
        for meeting in find_interactions(self._cast, sentence, self._text):
            known = next(
                (i for i, (m, _) in enumerate(self._meetings) if _key(m) == _key(meeting)), None
            )
            if known is None:
                self._meetings.append((meeting, sentence))
            elif self._when(self._meetings[known][0]).first is None:
                self._meetings[known] = (meeting, sentence)
        request = find_request(self._cast, sentence, self._text)
        if request:
            mode, asked_by = request
            for position in range(len(self._meetings) - 1, -1, -1):
                meeting, place = self._meetings[position]
                if meeting.mode == mode and meeting.requested_by is None:
                    self._meetings[position] = (replace(meeting, requested_by=asked_by), place)
                    break

    def _when(self, meeting: Meeting) -> times.When:
        end = min(meeting.end, meeting.start + LONGEST_SENTENCE)
        words = self._text[meeting.start : end]
        return times.resolve(
            words, self._published_on, meeting.verb - meeting.start, self._latest_day
        )

    def records(self) -> Extraction:
        """Put what was read into records."""
        statements = [self._statement(one) for one in self._read]
        return Extraction(
            statements=tuple(statements),
            statement_spans=tuple(span for one in self._read for span in self._spans(one)),
            statement_hops=tuple(hop for one in self._read for hop in self._hops(one)),
            interactions=tuple({one.interaction_id: one for one in self._interactions()}.values()),
            sources=tuple(self._source(source) for source in self._sources.listed),
            mentions=tuple({m.mention_id: m for m in self._mentions()}.values()),
            entity_roles=tuple(self._roles()),
            entities=tuple(self._entity(referent) for referent in self._cast.referents),
        )

    def _decide(self, tagged: Tagged, decided: dict[int, _Read]) -> Iterator[_Read]:
        """Decide who speaks, one or several, and through whom the article knows.

        What somebody denies that another said was not said; what a poll finds that people want is
        the poll's finding.
        """
        if tagged.outer and tagged.outer.cue and _DENIED.search(self._text, *tagged.outer.cue):
            return
        if tagged.source is None:
            continued = self._chains.continued(tagged)
            if continued:
                yield self._reading_of(tagged, *continued)
            return
        if tagged.source not in self._resolved:
            self._resolved[tagged.source] = self._sources.resolve(*tagged.source)
        outer = self._outer(tagged.outer, decided) if tagged.outer else None
        if outer and outer.speaker.source_type == "poll":
            return
        around = (outer.speaker, outer.route) if outer else None
        for speaker in self._resolved[tagged.source]:
            if speaker.number != 0:
                route = self._chains.route(tagged, speaker, around)
                yield self._reading_of(tagged, speaker, route)

    def _outer(self, tagged: Tagged, decided: dict[int, _Read]) -> _Read | None:
        """Decide who says what another is said to say, though it be no statement of its own."""
        if id(tagged) not in decided:
            decided.update({id(tagged): one for one in self._decide(tagged, decided)})
        return decided.get(id(tagged))

    def _reading_of(self, tagged: Tagged, speaker: SourceRef, route: Route) -> _Read:
        cue = self._text[slice(*tagged.cue)] if tagged.cue else None
        publisher = Hop(self._sources.listed[0], None, None, False)
        origin = Hop(speaker, cue, tagged.source, tagged.source is None)
        start, end = tagged.content[0][0], tagged.content[-1][1]
        return _Read(
            tagged,
            speaker,
            route,
            (publisher, *route.hops, origin),
            make_id(self._article.article_version_id, start, end, speaker.label),
        )

    def _statement(self, one: _Read) -> Statement:
        tagged, text = one.tagged, self._text
        start, end = tagged.content[0][0], tagged.content[-1][1]
        around = beside(tagged, with_source=True)
        verb = (tagged.cue or tagged.source or tagged.content[0])[0]
        content = _GAP.join(text[a:b] for a, b in tagged.content)
        cue = text[slice(*tagged.cue)] if tagged.cue else None
        when = times.resolve(
            " ".join(text[a:b] for a, b in around),
            self._published_on,
            near=sum(min(b, verb) - a + 1 for a, b in around if a <= verb),
            latest=self._latest_day,
        )
        addressee = self._chains.addressee(one.tagged)
        behalf = self._on_behalf(one.speaker.referent, f"{cue or ''} {content}")
        return Statement(
            statement_id=one.statement_id,
            article_version_id=self._article.article_version_id,
            dump_date=self._article.dump_date,
            source_number=one.speaker.number,
            addressee_entity_number=addressee.number if addressee else None,
            on_behalf_of_entity_number=behalf.number if behalf else None,
            quote_type=self._quote_type(tagged),
            cue=cue,
            channel=one.route.channel,
            modality=_modality(cue or "", content),
            content_text=content,
            char_start=start,
            char_end=end,
            quote_prefix=text[max(0, start - _CONTEXT) : start],
            quote_suffix=text[end : end + _CONTEXT],
            sentence_number=tagged.sentence.number,
            said_from=when.first,
            said_to=when.last,
            said_precision=when.precision,
            confidence=self._confidence(self._evidence(one)),
        )

    def _evidence(self, one: _Read) -> Evidence:
        source = one.tagged.source
        words = self._text[slice(*source)].lower() if source else ""
        return Evidence(
            span_chance=one.tagged.span_chance,
            link_chance=one.tagged.link_chance,
            is_pronoun=words in ("he", "she", "it", "they"),
            is_inherited=source is None,
            is_named=one.speaker.is_named,
            is_inner=one.tagged.outer is not None,
        )

    def _quote_type(self, tagged: Tagged) -> str:
        """Say how much of the content stands in quotation marks."""
        length = sum(end - start for start, end in tagged.content)
        quoted = sum(
            max(0, min(end, q.end) - max(start, q.start))
            for start, end in tagged.content
            for q in self._quotations_from(start, end)
        )
        if quoted == 0:
            return "indirect"
        return "direct" if quoted >= length * _NEARLY_ALL else "mixed"

    def _quotations_from(self, start: int, end: int) -> Iterator[Quotation]:
        """Give the quotations that overlap `start..end`, in a text that may have thousands."""
        first = bisect.bisect_right(self._quotations, start, key=lambda one: one.end)
        for quotation in self._quotations[first:]:
            if quotation.start >= end:
                return
            yield quotation

    def _on_behalf(self, referent: Referent | None, words: str) -> Referent | None:
        """Say for whom somebody speaks: by an office, or "repeating Jerusalem's position"."""
        if referent and referent.entity_type in ("person", "ministry"):
            in_office = referent.entity_type == "ministry" or any(
                is_office(role.title, role.organisation_text) and not role.is_former
                for role in referent.roles
            )
            if in_office and referent.country_code and referent.country_text:
                return self._cast.government(referent.country_code, referent.country_text)
        worded = POSITION_OF.search(words)
        known = self._gazetteer.get(worded["who"]) if worded else None
        if known and known.kind == "country":
            return self._cast.government(known.country_code, worded["who"])
        return None

    def _spans(self, one: _Read) -> list[StatementSpan]:
        return [
            StatementSpan(
                statement_id=one.statement_id,
                dump_date=self._article.dump_date,
                span_number=number,
                char_start=start,
                char_end=end,
                span_text=self._text[start:end],
            )
            for number, (start, end) in enumerate(one.tagged.content, start=1)
        ]

    def _hops(self, one: _Read) -> list[StatementHop]:
        return [
            StatementHop(
                statement_id=one.statement_id,
                article_version_id=self._article.article_version_id,
                dump_date=self._article.dump_date,
                hop_number=number,
                source_number=hop.source.number,
                cue=hop.cue,
                char_start=hop.span[0] if hop.span else None,
                char_end=hop.span[1] if hop.span else None,
                is_implicit=hop.is_implicit,
            )
            for number, hop in enumerate(one.chain, start=1)
        ]

    def _interactions(self) -> list[Interaction]:
        statement_in = {one.tagged.sentence.number: one.statement_id for one in self._read}
        records = []
        for meeting, sentence in self._meetings:
            words = self._text[meeting.start : meeting.end]
            when = self._when(meeting)
            records.append(
                Interaction(
                    interaction_id=make_id(
                        self._article.article_version_id,
                        meeting.start,
                        meeting.interaction_type,
                        meeting.mode,
                        meeting.initiator.referent.name,
                        meeting.recipient.referent.name,
                    ),
                    statement_id=statement_in.get(sentence.number),
                    article_version_id=self._article.article_version_id,
                    dump_date=self._article.dump_date,
                    interaction_type=meeting.interaction_type,
                    mode=meeting.mode,
                    initiator_entity_number=meeting.initiator.referent.number,
                    recipient_entity_number=meeting.recipient.referent.number,
                    requested_by_entity_number=(
                        meeting.requested_by.referent.number if meeting.requested_by else None
                    ),
                    place=meeting.place,
                    evidence_text=words,
                    char_start=meeting.start,
                    char_end=meeting.end,
                    happened_from=when.first,
                    happened_to=when.last,
                    happened_precision=when.precision,
                )
            )
        return records

    def _source(self, source: SourceRef) -> Source:
        return Source(
            article_version_id=self._article.article_version_id,
            dump_date=self._article.dump_date,
            source_number=source.number,
            source_type=source.source_type,
            is_named=source.is_named,
            is_plural=source.is_plural,
            source_name=source.source_name,
            descriptor=source.descriptor,
            descriptor_rank=source.rank,
            country_text=source.country_text,
            sector_code=source.sector_code,
            entity_number=source.referent.number if source.referent else None,
        )

    def _mentions(self) -> list[Mention]:
        return [
            Mention(
                mention_id=make_id(self._article.article_version_id, place.start, place.end),
                article_version_id=self._article.article_version_id,
                dump_date=self._article.dump_date,
                entity_number=place.referent.number,
                surface=self._text[place.start : place.end],
                char_start=place.start,
                char_end=place.end,
                link_method=place.method,
                link_confidence=place.confidence,
            )
            for place in (*self._cast.places, *self._cast.places_within)
        ]

    def _roles(self) -> list[EntityRole]:
        return [
            EntityRole(
                article_version_id=self._article.article_version_id,
                dump_date=self._article.dump_date,
                entity_number=referent.number,
                role_title=role.title,
                country_text=role.country_text,
                organisation_text=role.organisation_text,
                is_former=role.is_former,
                char_start=role.start,
                char_end=role.end,
            )
            for referent in self._cast.referents
            for role in referent.roles
        ]

    def _entity(self, referent: Referent) -> Entity:
        return Entity(
            article_version_id=self._article.article_version_id,
            dump_date=self._article.dump_date,
            entity_number=referent.number,
            entity_name=referent.name,
            entity_type=referent.entity_type,
            country_text=referent.country_text,
        )


def _publisher(article: Article, gazetteer: Gazetteer) -> str | None:
    """Name the outlet as the registry names it, so that it is never a hop of itself.

    Feeds are named after their outlet and a section of it: "bbc-world", "CNN (Web News)".
    """
    name = article.outlet_name or article.outlet_domain
    if not name:
        return None
    feed = re.split(r"[-(]", name, maxsplit=1)[0].strip()
    for words in (name, feed, feed.upper(), feed.title()):
        known = gazetteer.get(words)
        if known and known.kind == "outlet":
            return known.name
    return name


def _key(meeting: Meeting) -> tuple:
    sides = (meeting.initiator.referent, meeting.recipient.referent)
    return meeting.interaction_type, meeting.mode, *sides


def _modality(cue: str, content: str) -> str:
    if _DENIED.search(cue):
        return "denied"
    if _CONDITIONAL.search(content):
        return "conditional"
    if _FUTURE.search(content):
        return "future"
    return "hypothetical" if _HYPOTHETICAL.search(content) else "asserted"
