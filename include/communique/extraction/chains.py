"""Through whom an article knows what somebody said: the hops between publisher and origin.

What counts as a hop:

- an outlet that was told, that reported it, or in which it stood; a document or post that it was
  said in. The publisher is hop 1 of everything and no hop of itself.
- whatever carries the attribution that this one stands in ("Axios reported that X said ..."): an
  outlet or a document always, a person or body only where it relays what the other one *said*.
  "Carney said Republicans want ..." gives Carney's own view of somebody else's position; he is
  then no way by which the words came, and the chain stays that of Carney's words.
- what somebody's earlier words came through, as long as they go on in it: an implicit hop. Another
  channel, another setting (a press conference, a speech), another day or a gap ends it. A short
  document (a statement, a report) goes on in the next quotation only: a paraphrase after it may
  come from anywhere. An unnamed source stays with the outlet it spoke to, and whoever takes part
  in the interview that an article is about stays in that.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from communique.extraction.cast import Cast, Referent
from communique.extraction.channels import Channels, Expression, family_of, setting_of
from communique.extraction.linking import Span
from communique.extraction.sentences import LONGEST_SENTENCE, Sentence
from communique.extraction.speakers import SourceRef, Sources
from communique.extraction.tagger import Tagged

_BESIDE_WITHIN = 600
"""How far from its cue the words that bring a channel in may stand."""
_SIBLINGS = 12
"""How many neighbours in its sentence an attribution is told apart from."""
_GOES_ON_FOR = {"outlet": 1, "document": 1, "post": 1}
"""For how many sentences after its last statement a channel of some kind goes on."""
_LONG_DOCUMENTS = frozenset({"book", "letter", "lawsuit", "complaint", "op-ed", "article",
                             "transcript"})  # fmt: skip
"""Documents that an article quotes for paragraphs."""
_FOR_LONG = 4
_UNNAMED_FOR = 30
"""An unnamed source is known to the article only through the outlet it spoke to."""
_WRITTEN = re.compile(r"\b(?:wr[oi]te|writes|writing|written)\b")
_RELAYED = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:old|ells?|elling)|wr[oi]tes?|promised|pledged|vowed|warned"
    r"|announced|stated|declared|informed|assured|confirmed|denied|explained|claimed|acknowledged"
    r"|admitted|according to)\b",
    re.I,
)
"""Cues of an inner attribution that repeat an utterance and not a position."""
_POSITION = re.compile(
    r"\b(?:want(?:s|ed)?|hop(?:es?|ed|ing)|plan(?:s|ned)?|agree[ds]?|oppos\w+|support\w*|back(?:s|ed)"
    r"|refus\w+|committed|seek(?:s|ing)?|sought|ordered|approved|offer\w*|threatened)\b",
    re.I,
)
"""Cues of what somebody does or wants, which no interview is needed for."""
_PUBLISHED = frozenset(
    {"transcript", "letter", "memo", "document", "draft", "email", "recording", "statement"}
)
_INTERVIEWED = re.compile(
    r"\b(?:interview(?:ed)?|spoke (?:to|with)|appear(?:ed|ance|s)|sat down with|joined)\b"
)
_TOLD = re.compile(r"\b(?:t(?:old|ells|elling)|informed|assured|reminded|wrote to|letter to)\b")
_TOLD_WITHIN = 70
_TOLD_ENDS = re.compile(r"[,;:“\"”]| (?:that|he|she|they|it|we|in|on|at|how|why|whether)\b")
_ADDING = re.compile(r"(?:,? (?:adding|saying|noting|and)(?: also)?(?: added| said)? that\b)")
_THE_INTERVIEW = re.compile(r"\b(?:the|this) interview\b")
_ABOUT_INTERVIEW = 2
"""How often an article speaks of "the interview" from which it is about one."""
_EMPLOYS = re.compile(
    r"(?:[’']s?)? (?:(?:chief |senior )?(?:host|anchor|correspondent|reporter|moderator"
    r"|columnist)\b"
    r"|(?<=[’']s )[A-Z])"
)
_DAY = re.compile(r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|last week)\b")
_PASSIVE = re.compile(r"\b(?:quoted|cited)\b.{0,40}\bas\b")
_SAME_INTERVIEW = re.compile(
    r"\b(?:[Ii]n|[Dd]uring) (?:the|that|this|the same|his|her|their) (?:same )?(?:interview"
    r"|conversation|appearance|podcast)\b"
)
_OTHER_SETTINGS = frozenset({"press_conference", "speech", "phone", "social_media", "court"})
_TITLE_AFTER = re.compile(r",? [“\"‘](?P<title>[A-Z][^“”\"\n]{2,80}?)[,.:]?[”\"’]")


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a chain: who passed the words on, and the words that say so."""

    source: SourceRef
    cue: str | None
    span: Span | None
    is_implicit: bool


@dataclass(frozen=True, slots=True)
class Route:
    """The hops between publisher and origin, and the channel the origin used."""

    hops: tuple[Hop, ...] = ()
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class _Thread:
    """What somebody's words come through for the time being."""

    route: Route
    sentence: int
    origin: str


@dataclass(frozen=True, slots=True)
class _Said:
    speaker: SourceRef
    route: Route
    sentence: int


class Chains:
    """Decides the routes of one article's attributions, asked in the order of the text."""

    def __init__(
        self,
        cast: Cast,
        sources: Sources,
        channels: Channels,
        sentences: Sequence[Sentence],
        tagged: Sequence[Tagged],
    ) -> None:
        self._cast = cast
        self._text = cast.text
        self._sources = sources
        self._channels = channels
        self._by_sentence: dict[int, list[Tagged]] = defaultdict(list)
        for one in tagged:
            self._by_sentence[one.sentence.number].append(one)
        self._sentences = sentences
        self._read_up_to = 0
        self._is_about_interview = len(_THE_INTERVIEW.findall(cast.text)) >= _ABOUT_INTERVIEW
        self._interview: tuple[Hop, ...] = ()
        self._interviewed: set[int] = set()
        self._announced: dict[int, _Thread] = {}
        self._expressions: dict[int, list[Expression]] = {}
        self._threads: dict[int, _Thread] = {}
        self._documents: dict[str, list[SourceRef]] = defaultdict(list)
        self._titles: dict[str, SourceRef] = {}
        self._carriers: dict[str, tuple[Hop, ...]] = {}
        self._unnamed: dict[str, SourceRef] = {}
        self._last: _Said | None = None

    def route(
        self, tagged: Tagged, speaker: SourceRef, outer: tuple[SourceRef, Route] | None
    ) -> Route:
        """Decide through whom the article knows one attribution of one speaker."""
        self._read_narration(tagged.sentence)
        is_named_here, hops = self._named_here(tagged, speaker)
        setting = setting_of(self._words_beside(tagged))
        around = self._from_outer(tagged, outer) if outer else ()
        channel = setting or (outer[1].channel if outer and around else None)
        if speaker.source_type == "document":
            hops = hops or list(self._of_document(tagged, speaker))
        if not hops and not around and not is_named_here:
            inherited = self._inherited(tagged, speaker, setting)
            hops, channel = list(inherited.hops), channel or inherited.channel
        route = Route(_each_once((*around, *hops), speaker), channel)
        self._note(tagged, speaker, route, is_named_here, setting)
        return route

    def continued(self, tagged: Tagged) -> tuple[SourceRef, Route] | None:
        """Give speaker and route of words without a source of their own, which go on."""
        last = self._last
        if last is None or tagged.sentence.number - last.sentence > 2:
            return None
        hops = tuple(replace(hop, cue=None, span=None, is_implicit=True) for hop in last.route.hops)
        route = Route(hops, last.route.channel)
        if self._channels.signed_post(tagged.content[-1][1]):
            route = Route(self._post("Twitter", last.speaker), "social_media")
        self._last = replace(last, sentence=tagged.sentence.number)
        return last.speaker, route

    def _post(self, name: str, speaker: SourceRef) -> tuple[Hop, ...]:
        return (Hop(self._sources.document(name, speaker), None, None, True),)

    def _named_here(self, tagged: Tagged, speaker: SourceRef) -> tuple[bool, list[Hop]]:
        """Read "told the Tribune", "in a statement", "on Telegram" beside the cue."""
        found = [one for one in self._nearby(tagged) if self._belongs(one, tagged)]
        found.sort(key=lambda one: (not one.reports, _RANKS[one.kind], one.start))
        hops = []
        for one in found:
            if one.is_carried and hops:
                continue
            source = self._source(one, speaker)
            if source is not None and source.number not in (0, speaker.number):
                hops.append(Hop(source, one.cue, (one.start, one.end), False))
        documents = [one for one in found if one.kind == "document"]
        carriers = tuple(hop for hop in hops if hop.source.source_type != "document")
        for one in documents:
            if carriers and one.family in _PUBLISHED:
                self._carriers[one.family] = carriers
            elif one.takes_up:
                hops = [*self._carriers.get(one.family, ()), *hops]
        if not hops and self._channels.signed_post(tagged.content[-1][1]):
            hops += self._post("Twitter", speaker)
        hops += [] if hops else self._of_journalist(tagged, speaker)
        return bool(found), hops

    def _of_journalist(self, tagged: Tagged, speaker: SourceRef) -> Iterator[Hop]:
        """Give the outlet of "the BBC’s Brian Taylor" and "NBC host Matt Lauer"."""
        if tagged.source is None or speaker.source_type != "person":
            return
        for place in self._cast.inside(*tagged.source):
            if place.referent.entity_type == "outlet" and _EMPLOYS.match(self._text, place.end):
                source = self._sources.of_referent(place.referent)
                yield Hop(source, None, (place.start, place.end), False)

    def _nearby(self, tagged: Tagged) -> Iterator[Expression]:
        anchor = _anchor(tagged)
        for one in self._named_in(tagged.sentence):
            if abs(one.start - anchor) <= _BESIDE_WITHIN:
                yield one

    def _named_in(self, sentence: Sentence) -> list[Expression]:
        if sentence.number not in self._expressions:
            found = self._channels.find(sentence.start, sentence.end)
            self._expressions[sentence.number] = found
        return self._expressions[sentence.number]

    def _read_narration(self, sentence: Sentence) -> None:
        """Note what the narration before a sentence says of interviews and published papers.

        "She spoke to the Tribune on Sunday." lets her next words be said there; "The Tribune
        published transcripts of the calls" gives the transcripts their outlet.
        """
        while self._read_up_to < len(self._sentences):
            here = self._sentences[self._read_up_to]
            if here.start > sentence.start:
                return
            self._read_up_to += 1
            self._read_interview(here)
            named = self._named_in(here)
            outlets = [one for one in named if one.kind == "outlet"]
            if not outlets:
                continue
            source = self._sources.of_referent(self._cast.refer(outlets[0].name, "outlet"))
            hops = (Hop(source, None, None, True),) if source.number else ()
            for one in named:
                if one.kind == "document" and one.family in _PUBLISHED:
                    self._carriers[one.family] = hops
            words = self._text[here.start : here.end]
            if hops and not self._by_sentence.get(here.number) and _INTERVIEWED.search(words):
                thread = _Thread(Route(hops, "interview"), here.number, "interview")
                for place in self._cast.inside(here.start, here.end):
                    if place.referent.entity_type == "person":
                        self._announced[place.referent.number] = thread

    def _read_interview(self, here: Sentence) -> None:
        """Note who takes part in the interview that an article is about."""
        if not self._is_about_interview:
            return
        outlets = [one for one in self._named_in(here) if one.kind == "outlet"]
        words = self._text[here.start : here.end]
        if outlets and not self._interview and "interview" in words:
            source = self._sources.of_referent(self._cast.refer(outlets[0].name, "outlet"))
            self._interview = (Hop(source, None, None, True),) if source.number else ()
        places = self._cast.inside(here.start, here.end)
        outlet = self._interview[0].source.referent if self._interview else None
        if outlet and ("interview" in words or any(p.referent is outlet for p in places)):
            people = [p.referent.number for p in places if p.referent.entity_type == "person"]
            self._interviewed.update(people)

    def _belongs(self, one: Expression, tagged: Tagged) -> bool:
        """Tell whether a channel of the sentence is that of this attribution."""
        name = (one.name_start, one.name_end)
        if any(_overlap(name, part) for part in tagged.content):
            return False
        if tagged.outer and not any(_within(name, part) for part in tagged.outer.content):
            return False
        if tagged.source and _overlap(name, tagged.source):
            is_subject = name[0] - tagged.source[0] < 5 and one.cue is not None
            return one.kind in ("outlet", "media") and not is_subject
        anchor = _anchor(tagged)
        for other in self._siblings(tagged):
            if any(_within(other.content[0], part) for part in tagged.content):
                continue
            if any(
                _within(name, part) and not part[0] <= anchor < part[1] for part in other.content
            ):
                return False
            if other.source is None or other.source == tagged.source:
                continue
            if _overlap(name, other.source):
                between = self._text[name[1] : anchor] if name[1] < anchor else ""
                return one.kind == "outlet" and _ADDING.match(between) is not None
            if other is tagged.outer:
                continue
            if other.cue and _overlap((one.start, one.name_start), other.cue):
                return False
            low, high = sorted((name[0], anchor))
            if low < other.source[0] < high:
                return False
        return True

    def _siblings(self, tagged: Tagged) -> list[Tagged]:
        here = self._by_sentence[tagged.sentence.number]
        if len(here) <= _SIBLINGS:
            return [one for one in here if one is not tagged]
        place = next(i for i, one in enumerate(here) if one is tagged)
        near = here[max(0, place - _SIBLINGS // 2) : place + _SIBLINGS // 2]
        return [one for one in near if one is not tagged]

    def _source(self, one: Expression, speaker: SourceRef) -> SourceRef | None:
        if one.kind == "outlet":
            return self._sources.of_referent(self._cast.refer(one.name, "outlet"))
        if one.kind == "media":
            return self._without_a_name(one.name)
        if one.kind == "post":
            return self._sources.document(one.name, speaker)
        if speaker.source_type == "document":
            return None
        return self._document(one, speaker)

    def _without_a_name(self, descriptor: str) -> SourceRef:
        """Give an outlet that the article does not name: "Iranian state media"."""
        source = self._unnamed.get(descriptor.lower())
        if source is None:
            source = SourceRef(
                number=len(self._sources.listed),
                source_type="outlet",
                is_named=False,
                is_plural="media" in descriptor or "reports" in descriptor,
                descriptor=descriptor,
            )
            self._unnamed[descriptor.lower()] = source
            self._sources.listed.append(source)
        return source

    def _document(self, one: Expression, speaker: SourceRef) -> SourceRef:
        known = self._documents[one.family]
        if one.takes_up and known:
            return known[-1]
        source = self._sources.document(one.name, speaker)
        known.append(source)
        return source

    def _titled(self, tagged: Tagged, speaker: SourceRef) -> SourceRef:
        """Give a document that speaks under the title that the article gives it."""
        if speaker.source_type != "document":
            return speaker
        family = family_of(speaker.descriptor or "")
        title = _TITLE_AFTER.match(self._text, tagged.source[1]) if tagged.source else None
        if title and family not in self._titles:
            self._titles[family] = self._sources.document(title["title"], speaker)
        return self._titles.get(family, speaker)

    def _of_document(self, tagged: Tagged, speaker: SourceRef) -> Iterator[Hop]:
        """Give a document that speaks the outlet or platform that it was put out on."""
        for hop in self._carriers.get(family_of(speaker.descriptor or ""), ()):
            yield replace(hop, cue=None, span=None, is_implicit=True)

    def _from_outer(self, tagged: Tagged, outer: tuple[SourceRef, Route]) -> tuple[Hop, ...]:
        """Take over what carries the attribution that this one stands in."""
        through, route = outer
        span = tagged.outer.source if tagged.outer else None
        cue_at = tagged.outer.cue if tagged.outer else None
        cue = self._text[slice(*cue_at)] if cue_at else None
        inner = self._text[slice(*tagged.cue)] if tagged.cue else ""
        is_relayed = _RELAYED.search(inner) is not None
        kept = tuple(hop for hop in route.hops if is_relayed or _lasts(hop.source))
        carries = through.source_type in ("outlet", "document", "post", "poll")
        if through.number and (carries or is_relayed):
            return (*kept, Hop(self._titled(tagged.outer, through), cue, span, False))
        return kept

    def _inherited(self, tagged: Tagged, speaker: SourceRef, setting: str | None) -> Route:
        """Let somebody who goes on do so through the same outlet, document or platform."""
        cue = self._text[slice(*tagged.cue)] if tagged.cue else ""
        last = self._last
        verb = self._text[tagged.source[1] : tagged.cue[1]] if tagged.source and tagged.cue else ""
        if last is not None and (_PASSIVE.search(cue) or _PASSIVE.search(verb[-80:])):
            outlets = [h.source for h in last.route.hops if h.source.source_type == "outlet"]
            if last.speaker.source_type == "outlet":
                outlets.append(last.speaker)
            return Route(tuple(Hop(source, None, None, True) for source in outlets[-1:]))
        thread = self._threads.get(speaker.number)
        announced = self._announced.get(speaker.referent.number) if speaker.referent else None
        if announced and (thread is None or announced.sentence > thread.sentence):
            thread = announced
        if speaker.referent and speaker.referent.number in self._interviewed:
            is_elsewhere = setting in _OTHER_SETTINGS or _DAY.search(self._words_beside(tagged))
            if not is_elsewhere and not _POSITION.search(cue):
                return Route(self._interview, "interview")
        if thread is None or not thread.route.hops:
            return Route()
        if setting in _OTHER_SETTINGS and setting != thread.route.channel:
            return Route()
        kind = thread.route.hops[-1].source.source_type
        gap = tagged.sentence.number - thread.sentence
        goes_on = _GOES_ON_FOR.get(kind, 0)
        if kind == "document":
            is_quoted = self._text[tagged.content[0][0] - 1 : tagged.content[0][0]] in ("“", '"')
            lasts = _lasts(thread.route.hops[-1].source)
            goes_on = _FOR_LONG if lasts else goes_on * is_quoted
        if kind == "outlet" and not speaker.is_named:
            goes_on = _UNNAMED_FOR
        beside = self._text[tagged.sentence.start : tagged.sentence.end]
        is_written = kind == "document" and _WRITTEN.search(cue)
        is_same = kind == "outlet" and _SAME_INTERVIEW.search(beside)
        if not (is_written or is_same):
            is_other_day = gap > 0 and _DAY.search(self._words_beside(tagged))
            if gap > goes_on or is_other_day or _POSITION.search(cue):
                return Route()
        hops = tuple(
            replace(hop, cue=None, span=None, is_implicit=True) for hop in thread.route.hops
        )
        return Route(hops, thread.route.channel)

    def _note(
        self,
        tagged: Tagged,
        speaker: SourceRef,
        route: Route,
        is_named_here: bool,
        setting: str | None,
    ) -> None:
        """Remember what this speaker's words came through."""
        here = tagged.sentence.number
        self._last = _Said(speaker, route, here)
        if route.hops:
            carried = tuple(h for h in route.hops if h.source.source_type in _GOES_ON_FOR)
            self._threads[speaker.number] = _Thread(
                Route(carried, route.channel), here, self._origin(speaker, route, carried)
            )
        elif is_named_here or setting in _OTHER_SETTINGS:
            self._threads.pop(speaker.number, None)
        if speaker.source_type == "document" and speaker.descriptor:
            document = self._titled(tagged, speaker)
            self._documents[family_of(speaker.descriptor)].append(document)
            if speaker.referent is not None and speaker.referent.entity_type == "person":
                author = self._sources.of_referent(speaker.referent)
                hops = (*route.hops, Hop(document, None, None, True))
                self._threads[author.number] = _Thread(Route(hops, route.channel), here, "author")

    def _origin(self, speaker: SourceRef, route: Route, hops: Sequence[Hop]) -> str:
        """Say what a thread began with: the cue of its last hop, kept while it goes on."""
        known = self._threads.get(speaker.number)
        if known and all(hop.is_implicit for hop in hops):
            return known.origin
        return "interview" if route.channel == "interview" else (hops[-1].cue if hops else "") or ""

    def addressee(self, tagged: Tagged) -> Referent | None:
        """Give whom the words were told: the person, body or outlet right behind "told"."""
        for start, end in beside(tagged):
            told = _TOLD.search(self._text, start, end)
            if told is None:
                continue
            limit = min(end, told.end() + _TOLD_WITHIN)
            stop = _TOLD_ENDS.search(self._text, told.end(), limit)
            limit = stop.start() if stop else limit
            for one in self._named_in(tagged.sentence):
                if one.kind == "outlet" and told.end() <= one.name_start < limit:
                    return self._cast.refer(one.name, "outlet")
            heard = self._cast.inside(told.end(), limit + 1)
            return heard[0].referent if heard else None
        return None

    def _words_beside(self, tagged: Tagged) -> str:
        """Give the words of the sentence that are neither content nor the speaker."""
        return " ".join(self._text[a:b] for a, b in beside(tagged))


_RANKS = {"outlet": 0, "media": 1, "post": 2, "document": 3}


def beside(tagged: Tagged, *, with_source: bool = False) -> list[Span]:
    """Give the stretches of the sentence that are neither content nor, unless asked, speaker.

    Of a sentence longer than any, only what stands near the content.
    """
    taken = list(tagged.content)
    if tagged.source and not with_source:
        taken.append(tagged.source)
    position = max(tagged.sentence.start, tagged.content[0][0] - LONGEST_SENTENCE)
    last = min(tagged.sentence.end, tagged.content[-1][1] + LONGEST_SENTENCE)
    stretches = []
    for start, end in sorted(taken):
        if position < start:
            stretches.append((position, min(start, last)))
        position = max(position, end)
    if position < last:
        stretches.append((position, last))
    return [(a, b) for a, b in stretches if a < b]


def _lasts(source: SourceRef) -> bool:
    """Tell whether an article goes on for long in a source: an outlet, a book, a letter."""
    if source.source_type == "document":
        return (family_of(source.descriptor or "") or "book") in _LONG_DOCUMENTS
    return source.source_type == "outlet"


def _each_once(hops: Sequence[Hop], speaker: SourceRef) -> tuple[Hop, ...]:
    numbers, kept = {0, speaker.number}, []
    for hop in hops:
        if hop.source.number not in numbers:
            numbers.add(hop.source.number)
            kept.append(hop)
    return tuple(kept)


def _anchor(tagged: Tagged) -> int:
    return (tagged.cue or tagged.source or tagged.content[0])[0]


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
