"""Where words were said: the outlets, documents and platforms that a sentence names beside them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from communique.extraction.cast import Cast
from communique.extraction.lexicon import (
    NOT_NAMES,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    TITLE_HEADS,
)

_LONGEST_FRAME = 70
_CARRIED_WITHIN = 14
_MEDIUM = (
    r"(?:(?:news ?)?paper|daily|tabloid|magazine|weekly|news (?:agency|site|website|outlet"
    r"|channel|network|organi[sz]ation|service)|website|broadcaster|television(?: channel| station"
    r"| network)?|TV(?: channel| station| network)?|radio(?: station)?|podcast|programme|program"
    r"|show|outlet|network|channel|wire service|agency)"
)
_NAME = r"[A-Z][\w’'&.-]{0,30}(?: (?:of |and |the |de |la )?[A-Z][\w’'&.-]{0,30}){0,4}"
_BEFORE_MEDIUM = re.compile(rf"(?P<name>{_NAME})(?:[’']s)? (?:state )?{_MEDIUM}\b")
_AFTER_MEDIUM = re.compile(
    rf"\b(?:newspaper|daily|tabloid|magazine|news (?:agency|site|website|outlet|channel)"
    rf"|broadcaster|radio station|TV channel|podcast)s? (?P<name>{_NAME})"
)
_ADJECTIVE = re.compile(r".+(?:an|ish|ese|ic|ist|ern|al|ive|ew)")
"""How words for a people, a faith or a party end: "the Hebrew newspaper" has no name."""
_BY_ITS_WORDS = re.compile(
    r"\b(?:(?:(?:The|Radio|Channel|TV) )(?:[A-Z][\w-]{0,30} ?){0,3}[A-Z\d][\w-]{0,30}"
    r"|(?:[A-Z][\w-]{0,30} ){1,3}(?:" + "|".join(sorted(OUTLET_WORDS)) + r"))\b"
    r"(?! (?:Club|Association|Office|Secretary|Council|Corps))"
)
_GENERIC = re.compile(
    r"\b(?:(?:[A-Z][\w’'.-]{0,30}|and|local|foreign|international|numerous|several|multiple|some"
    r"|published|recent|pro-\w{1,20}|opposition) ){0,5}"
    r"(?:state(?:-run|-owned|-controlled|-funded)? |official )?"
    r"(?:(?<=state )(?:television|TV|radio|news agency)|(?<=[a-z] )TV\b|(?<=[a-z] )television"
    r"|media(?: outlets?| reports?)?|(?:news|press|published) reports)"
    r"(?: in [A-Z]\w{1,30})?\b"
)
_SHORT = re.compile(
    r"\b[Tt]he (?P<word>" + "|".join(sorted(OUTLET_WORDS)) + r")\b(?![’'\w]* [A-Z])"
)
_OWNER = re.compile(r"^[A-Z]\w+[’']s (?=[A-Z])")
_TOO_VAGUE = frozenset({"media", "media reports", "media outlets"})
_TAKEN_UP = re.compile(
    r"\b[Tt]he (?:same )?(?P<head>newspaper|paper|daily|website|news site|outlet|magazine"
    r"|broadcaster|network|site|news agency|agency)\b(?! of\b)"
)
_FILLER = (
    r"(?:(?:[Tt]he|its|an?|his|her|their|[Nn]ews|state|state-run|state-owned|official|local|daily|public|private|leading|separate|exclusive|recent|rare|televised|joint|Sunday|German-language|English-language|"
    r"conservative|liberal|pro-\w+|semi-official|independent|newspaper|magazine|agency|site"
    r"|website|broadcaster|outlet|network|host|[A-Z][\w-]+(?:[’']s)?) ){0,4}[\"“‘']?"
)
_TOLD = (
    r"told|tells?|telling|informed|assured|spoke (?:to|with)|speaking (?:to|with|on|in)"
    r"|talking (?:to|with)|grilled by|asked by|interviewed (?:by|on)"
)
_BROUGHT = re.compile(
    rf"(?<!\w)(?P<frame>{_TOLD}|[Aa]ccording to|citing|per|[Aa]s reported by|by|on|in|to|with|via"
    r"|through|(?:wr[oi]te|writing|column|piece|op-ed|essay|article|interview) for"
    rf"|reports?|reported|wrote|writes)\s+(?P<filler>{_FILLER})$"
)
_AFFILIATED = re.compile(
    r"\b(?:correspondent|editor|columnist|host|reporter|journalist|analyst|contributor|anchor"
    r"|bureau chief|producer|commentator|ombudsman|writer|request|access|credibility)s?"
    r"(?:[- ]\w+)?$|\b(?:contributed|respond|reply|referring|addition|compared|owned|thanks)$"
)
_REPORTS = re.compile(
    rf"(?:[’'”\"]+s?)?(?: \([A-Z]{{2,6}}\))?(?: (?:state )?{_MEDIUM})?(?: Digital| correspondent)?"
    r"(?:[’']s [A-Z]\w+ [A-Z]\w+)?,?"
    r"(?: (?:on |last |late |early )?[A-Z]?[a-z]{2,8}day| last week| earlier)?"
    r" (?:also |first |later |then |has |had |had first |have )?"
    r"(?:reports?|reported|reporting|says?|said|wr[oi]tes?|quot(?:es?|ed|ing)|cit(?:es?|ed)|add(?:s|ed)"
    r"|not(?:es|ed)|uncovered|obtained|reviewed|reveal(?:s|ed)|broadcast|aired|published|show(?:s|ed))\b"
)
_PIECE = re.compile(
    r"(?:[’']s)?,? (?:[a-z-]+ )?(?:interview|report|article|story|op-ed|opinion piece|column"
    r"|poll|survey|podcast|investigation|documentary|editorial|town hall|exclusive)\b"
)
_POLLED = re.compile(r"-(?:polled|surveyed)\b")
_OWNED_SHOW = re.compile(r"[’']s?,? [\"“‘]?$")

PLATFORMS = (
    "Twitter|Facebook|Telegram|Instagram|YouTube|Truth Social|TikTok|WeChat|Weibo|LinkedIn"
    "|Threads|Bluesky|Substack|Medium|Reddit|WhatsApp|VKontakte|Parler|Mastodon|X"
)
_NO_OUTLETS = NOT_NAMES | TITLE_HEADS | frozenset(PLATFORMS.split("|"))
_POST = re.compile(
    rf"\b(?:[Oo]n|[Vv]ia|[Tt]o|[Oo]ver|[Uu]sing|[Ii]n) (?:(?:an?|his|her|their|its|the) )?"
    rf"(?:[\w’'-]{{1,20}} ){{0,3}}?(?P<on>{PLATFORMS})(?! [A-Z]|[’']s (?!post|account))\b"
    rf"|\b(?P<by>{PLATFORMS}) (?:post|thread|message|account|page|tirade|video|channel|feed)s?\b"
    r"|\b(?P<tweet>(?:re)?tweet(?:ed|s|ing)?)\b|(?P<social>\b[Oo]n social media)\b"
)
_SIGNED = re.compile(r"[”\"\s]{0,6}[—–-]{1,2} ?[^\n@]{1,60}\(@\w{1,20}\)")
"""The line below an embedded post: "— Somebody (@somebody)"."""

_KIND = (
    r"joint|open|press|news|court|emailed|e-mailed|written|prepared|unpublished|draft|confidential"
    r"|classified|internal|leaked|official|televised|fact|policy|white|research|blog|opinion"
    r"|emergency|recorded|video|audio|council|judiciary|legal|intelligence|campaign"
)
_HEAD = (
    r"statements?|letters?|memo(?:randum)?|reports?|op-ed|releases?|filings?|complaint|lawsuit"
    r"|indictment|affidavit|ruling|order|decree|opinion|video(?: message| address)?|message|posts?"
    r"|article|essay|column|piece|editorial|notes?|e-?mails?|comments|book|memoirs?|autobiography"
    r"|transcripts?|testimony|study|paper|communiqu[eé]|declaration|resolution|questionnaire|sheet"
    r"|answers|documents?|papers|submission|advisory|podcast|recording|petition|brief|dossier"
    r"|analysis|remarks"
)
_CAPITAL_HEAD = r"(?:[A-Z]\w{2,20} ){1,4}(?:Review|Report|Outlook|Bulletin|Survey|Statement|Index)"
_WORDS = r"(?:(?!of\b|the\b|and\b|that\b|to\b|for\b|with\b|by\b|from\b)[\w.’'&$/-]{1,30},? )"
_DETERMINER = (
    r"(?P<det>an?|the|the same|this|that|his|her|their|its|one|another|each|[A-Z][\w-]{1,20}[’']s)"
)
_DOCUMENT = re.compile(
    r"\b(?P<frame>[Ii]n|[Tt]hrough|[Vv]ia|[Bb]y|[Ff]rom|[Ww]ith|[Uu]nder|[Aa]ccording to"
    r"|(?:published|obtained|released|reviewed) (?:\w+ ){0,2}of"
    r"|obtained|reviewed|released|releases|issued|issues|published|posted|signed|sent|filed|penned"
    r"|put out"
    r"|responded (?:to|in)|pointed to|response to|copy of)"
    rf" (?:{_DETERMINER} )?(?P<adjectives>{_WORDS}{{0,4}}?)"
    rf"(?P<head>{_CAPITAL_HEAD}|{_HEAD})\b(?!-)"
    r"(?P<to> to (?:clients|investors|shareholders|employees|staff|lawmakers|[A-Z]\w{2,20}\b))?"
    r"(?:,? [“\"‘](?P<title>[A-Z][^“”\"\n]{2,80}?)[,.:]?[”\"’])?"
)
_DOCUMENT_SAYS = re.compile(
    rf"(?:\b(?P<verb>says|said) )?\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir) "
    rf"(?P<adjectives>{_WORDS}{{0,3}}?)(?P<head>statement|letter|filing|lawsuit|complaint|report"
    r"|transcripts?|memo|book|memoir|indictment|affidavit|study|document)"
    r"(?P<after> (?:said|says|stated|states|shows?|showed|read|reads|reveals|revealed)\b)?"
)
"""A document as the subject that reports: "..., the council statement said"."""
_KINDS = re.compile(rf"\b(?:{_KIND})\b", re.I)
_MASS = frozenset("testimony comments answers documents papers filings remarks emails".split())
_TO_OUTLET = frozenset("statement comment email e-mail op-ed article essay column piece message "
                       "note interview editorial report video".split())  # fmt: skip
"""Documents that only carry words to the outlet named after them: "in a statement to Reuters"."""
_POSTED = frozenset({"post", "message", "video", "comment", "note"})
_NEEDS_KIND = frozenset(
    """order opinion advisory declaration article comments answers documents remarks papers sheet
    releases release brief message piece""".split()
)
"""Heads that are a document only with a word that says so: "written answers", "press release"."""
_IS_HEAD = re.compile(_HEAD)
_HAS_ARTICLE = re.compile(r"\b(?:an?|his|her|their)\b")
_BOOKS = frozenset({"book", "memoir", "memoirs", "autobiography"})

_SETTINGS = (
    (re.compile(r"\b(?:interview(?:ed)?|podcast)\b", re.I), "interview"),
    (re.compile(r"\b(?:news conference|press conference|told (?:reporters|journalists)"
                r"|(?:press |daily |news )briefing|press gaggle)\b", re.I), "press_conference"),
    (re.compile(r"\b(?:(?:re)?tweet(?:ed|s|ing)?|social media|truth social|posted on x|on x)\b"
                r"|\b(?:Twitter|Facebook|Telegram|Instagram|YouTube|TikTok)\b", re.I),
     "social_media"),
    (re.compile(r"\b(?:(?:tele)?phoned?|phone call|by telephone)\b", re.I), "phone"),
    (re.compile(r"\b(?:letter|wrote to)\b", re.I), "letter"),
    (re.compile(r"\b(?:testified|testimony|in court|court (?:filings?|documents?|papers)|hearing"
                r"|filing|lawsuit|indictment|complaint|affidavit)\b", re.I), "court"),
    (re.compile(r"\b(?:speech|address(?:ing)?|rally|remarks)\b", re.I), "speech"),
    (re.compile(r"\b(?:e-?mail(?:ed)?)\b", re.I), "email"),
    (re.compile(r"\b(?:statement|communiqu[eé]|press release|news release)\b", re.I), "statement"),
    (re.compile(r"\b(?:report|study|survey|poll)\b", re.I), "report"),
)  # fmt: skip
"""The closed list of channels by the words that show them; the first that fits counts."""


@dataclass(frozen=True, slots=True)
class Expression:
    """One place of a sentence that names an outlet, a document or a platform.

    `kind` is outlet, media (an outlet without a name), document or post. `start..end` are the
    words that bring it in, `name_start..name_end` those that name it. `takes_up` tells that the
    words point back ("the letter"), `reports` that the outlet is the subject that reports, and
    `family` is the word by which a later place takes a document up, and `is_carried` that a
    document only carries words to the outlet or platform beside it: "in a statement to Reuters".
    """

    kind: str
    name: str
    start: int
    end: int
    name_start: int
    name_end: int
    cue: str | None
    takes_up: bool = False
    reports: bool = False
    family: str = ""
    is_carried: bool = False


@dataclass(frozen=True, slots=True)
class _Mention:
    """A place that names an outlet; `name` is None where the words name none ("state media")."""

    start: int
    end: int
    name: str | None


def family_of(descriptor: str) -> str:
    """Give the word by which a document is taken up: of books, one word for all."""
    words = re.findall(r"[\w-]+", descriptor.lower())
    head = next((word for word in reversed(words) if _IS_HEAD.fullmatch(word)), "")
    return "book" if head in _BOOKS else head.rstrip("s")


class Channels:
    """Finds the channels that the sentences of one article name."""

    def __init__(
        self, cast: Cast, publisher: str | None, stretches: Sequence[tuple[int, int]]
    ) -> None:
        self._cast = cast
        self._text = cast.text
        self._publisher = publisher
        introduced = sorted(set(self._introduced(stretches)), key=len, reverse=True)
        self._introductions = (
            re.compile(r"\b(?:" + "|".join(map(re.escape, introduced[:50])) + r")\b")
            if introduced
            else None
        )

    def find(self, start: int, end: int) -> list[Expression]:
        """Find what the stretch `start..end`, one sentence, names; in the order of the text."""
        found = [*self._outlets(start, end), *self._posts(start, end)]
        found += [
            replace(one, is_carried=_is_carried(one, found)) for one in self._documents(start, end)
        ]
        return sorted(found, key=lambda one: one.start)

    def signed_post(self, end: int) -> bool:
        """Tell whether a post's signature line follows a content that ends there."""
        return _SIGNED.match(self._text, end) is not None

    def _introduced(self, stretches: Sequence[tuple[int, int]]) -> Iterator[str]:
        """Find the outlets that the article introduces as such: "the news site Harbour Watch"."""
        for start, end in stretches:
            for pattern in (_BEFORE_MEDIUM, _AFTER_MEDIUM):
                for found in pattern.finditer(self._text, start, end):
                    name = re.sub(r"^The (?=.* )|[’']s$", "", found["name"])
                    known = self._cast.gazetteer.get(name.removeprefix("The "))
                    if known is None and self._is_an_outlets(name):
                        yield name

    def _is_an_outlets(self, name: str) -> bool:
        """Tell a name from what only describes: "Kurier" from "the Austrian daily"."""
        words = name.split()
        first = self._cast.gazetteer.get(re.sub(r"[’']s$", "", words[0]))
        if first is not None and first.kind == "country":
            return False
        if len(words) > 1 or name.isupper():
            return True
        is_other = name in _NO_OUTLETS or self._cast.by_surname(name) is not None
        return not is_other and _ADJECTIVE.fullmatch(name) is None

    def _mentions(self, start: int, end: int) -> list[_Mention]:
        """List the outlets that a stretch mentions, each place once."""
        text = self._text
        found = [
            _Mention(place.start, place.end, _OWNER.sub("", place.referent.name))
            for place in self._cast.inside(start, end)
            if place.referent.entity_type == "outlet"
        ]
        for words in _BY_ITS_WORDS.finditer(text, start, end):
            named = re.sub(r"[’']s?$", "", words[0])
            name = self._by_words(named)
            if name and (words.start() > start or not named.startswith("The ")):
                found.append(_Mention(words.start(), words.start() + len(named), name))
        if self._introductions:
            found += [
                _Mention(*words.span(), words[0])
                for words in self._introductions.finditer(text, start, end)
            ]
        for words in _SHORT.finditer(text, start, end):
            name = self._by_short_form(words["word"])
            if name:
                found.append(_Mention(*words.span(), name))
        for words in _TAKEN_UP.finditer(text, start, end):
            name = self._last_outlet(words.start())
            if name:
                found.append(_Mention(*words.span(), name))
        for words in _GENERIC.finditer(text, start, end):
            bare = re.sub(r"^(?:(?:The|And|But|In|On|While|and|some) )+", "", words[0])
            if bare.lower() not in _TOO_VAGUE and not bare.lower().startswith("social"):
                found.append(_Mention(words.end() - len(bare), words.end(), None))
        found.sort(key=lambda one: (one.start, -one.end))
        apart: list[_Mention] = []
        for one in found:
            if apart and apart[-1].name is None and 0 <= one.start - apart[-1].end <= 1:
                apart.pop()
            if not apart or one.start >= apart[-1].end:
                apart.append(one)
        return apart

    def _by_words(self, words: str) -> str | None:
        """Give the outlet that capitals name by the words in them: "The Media Line"."""
        bare = words.removeprefix("The ")
        gazetteer = self._cast.gazetteer
        known = gazetteer.get(words) or gazetteer.get(bare)
        if known is not None:
            return known.name if known.kind == "outlet" else None
        last = bare.split()[-1]
        if words.startswith("The ") and last not in OUTLET_WORDS:
            is_other = gazetteer.get(last) is not None or self._cast.by_surname(last) is not None
            if " " not in bare or is_other or last in ORGANISATION_WORDS:
                return None
        return words if " " in bare else None

    def _by_short_form(self, word: str) -> str | None:
        """Give the outlet of the article that "the Post" is short for."""
        for referent in self._cast.referents:
            if referent.entity_type == "outlet" and referent.name.split()[-1] == word:
                return referent.name
        publisher = (self._publisher or "").split()
        return self._publisher if publisher and publisher[-1] == word else None

    def _last_outlet(self, position: int) -> str | None:
        return next(
            (
                place.referent.name
                for place in self._cast.before(position)
                if place.referent.entity_type == "outlet"
            ),
            None,
        )

    def _outlets(self, start: int, end: int) -> Iterator[Expression]:
        for mention in self._with_their_shows(self._mentions(start, end)):
            expression = self._brought(start, end, mention)
            if expression:
                yield expression

    def _with_their_shows(self, mentions: Sequence[_Mention]) -> list[_Mention]:
        """Take "CBS’s “Face the Nation”" for one mention, of the programme if it is registered."""
        joined: list[_Mention] = []
        for mention in mentions:
            owner = joined[-1] if joined else None
            if owner and _OWNED_SHOW.fullmatch(self._text, owner.end, mention.start):
                known = self._cast.gazetteer.get(self._text[mention.start : mention.end])
                name = known.name if known else owner.name
                joined[-1] = _Mention(owner.start, mention.end, name)
            else:
                joined.append(mention)
        return joined

    def _brought(self, start: int, end: int, mention: _Mention) -> Expression | None:
        """Say how a mention of an outlet brings words in; None when it does not."""
        text, first, last = self._text, mention.start, mention.end
        kind = "outlet" if mention.name else "media"
        name = mention.name or text[first:last]
        before = text[max(start, first - _LONGEST_FRAME) : first]
        after = text[last : min(end, last + _LONGEST_FRAME)]
        if _POLLED.match(after):
            return Expression(kind, name, first, last, first, last, None)
        frame = _BROUGHT.search(before)
        if frame and not _AFFILIATED.search(before[: frame.start()].rstrip()):
            is_loose = frame["frame"].lower() in ("in", "to", "on", "by", "with", "via", "through")
            if is_loose and _HAS_ARTICLE.search(frame["filler"]) and not _PIECE.match(after):
                return None
            opening = first - len(before) + frame.start()
            return Expression(kind, name, opening, last, first, last, frame["frame"])
        reports = _REPORTS.match(after)
        if reports:
            closing, cue = last + reports.end(), reports[0].split()[-1]
            return Expression(kind, name, first, closing, first, last, cue, reports=True)
        return None

    def _posts(self, start: int, end: int) -> Iterator[Expression]:
        for found in _POST.finditer(self._text, start, end):
            if found["social"]:
                yield Expression("post", "social media", *found.span(), *found.span(), None)
                continue
            group = next(group for group in ("on", "by", "tweet") if found[group])
            name = "Twitter" if group == "tweet" else found[group]
            cue = found["tweet"]
            yield Expression("post", name, *found.span(), *found.span(group), cue)

    def _documents(self, start: int, end: int) -> Iterator[Expression]:
        for found in _DOCUMENT_SAYS.finditer(self._text, start, end):
            if found["verb"] or found["after"]:
                kinds = " ".join(_KINDS.findall(found["adjectives"])).lower()
                yield Expression(
                    "document",
                    " ".join(filter(None, [kinds, found["head"]])),
                    *found.span(),
                    found.start("adjectives"),
                    found.end("head"),
                    (found["verb"] or found["after"]).strip(),
                    takes_up=True,
                    reports=True,
                    family=family_of(found["head"]),
                )
        for found in _DOCUMENT.finditer(self._text, start, end):
            head, adjectives = found["head"], found["adjectives"]
            kinds = " ".join(_KINDS.findall(adjectives)).lower()
            is_title = head[0].isupper()
            if not found["det"] and not (
                kinds or head in _MASS or is_title or found["frame"].lower() in ("by", "via")
            ):
                continue
            if head in _NEEDS_KIND and not kinds:
                continue
            if found["frame"].lower() in ("by", "to", "with", "from") and not (
                kinds or found["det"]
            ):
                continue
            name = found["title"] or " ".join(filter(None, [kinds, head])) + (found["to"] or "")
            first = found.start("adjectives")
            determiner = (found["det"] or "").lower()
            takes_up = determiner in ("the", "the same", "this", "that", "his", "her", "their",
                                      "its") and not found["title"]  # fmt: skip
            closing = found.end("title") if found["title"] else found.end("head")
            closing = found.end("to") if found["to"] and not found["title"] else closing
            yield Expression(
                "document",
                name,
                found.start(),
                closing,
                first,
                closing,
                None,
                takes_up=takes_up,
                family=family_of(head),
            )


def _is_carried(document: Expression, others: Sequence[Expression]) -> bool:
    """Tell a document that only carries words to an outlet: "in a statement to Reuters"."""
    carriers = {"outlet": _TO_OUTLET, "media": _TO_OUTLET, "post": _POSTED}
    return any(
        -(document.end - document.start) <= one.start - document.end <= _CARRIED_WITHIN
        and document.family in carriers[one.kind]
        for one in others
        if one.kind in carriers
    )


def setting_of(words: str) -> str | None:
    """Name the channel that the words beside a content show; None when they show none."""
    return next((name for pattern, name in _SETTINGS if pattern.search(words)), None)
