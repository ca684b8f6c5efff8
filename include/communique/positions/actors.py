"""Who is in an article: who speaks, who is named where, and for whom somebody speaks."""

import bisect
from collections import defaultdict

from communique.extraction.gazetteer import Gazetteer
from communique.extraction.lexicon import POSITION_OF, is_office
from communique.records import Entity, Extraction, Source, Statement


class Actors:
    """The actors of one article by what its records say of them."""

    def __init__(self, extraction: Extraction, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._entities = {one.entity_number: one for one in extraction.entities}
        self._sources = {one.source_number: one for one in extraction.sources}
        self._statements = {one.statement_id: one for one in extraction.statements}
        self._spans = sorted(
            (span.char_start, span.char_end, span.statement_id)
            for span in extraction.statement_spans
        )
        self._mentions = sorted(
            (one.char_start, one.char_end, one.entity_number) for one in extraction.mentions
        )
        self._in_office = {
            role.entity_number
            for role in extraction.entity_roles
            if is_office(role.role_title, role.organisation_text) and not role.is_former
        }
        self._roles: dict[int, list[str]] = defaultdict(list)
        for role in extraction.entity_roles:
            self._roles[role.entity_number] += [role.role_title, role.organisation_text or ""]
        self._governments = {
            one.entity_name: one for one in extraction.entities if one.entity_type == "government"
        }
        self._people: dict[str, list[Entity]] = defaultdict(list)
        for one in extraction.entities:
            if one.entity_type == "person":
                self._people[one.entity_name.split()[-1]].append(one)

    def source(self, statement: Statement) -> Source:
        """Give who says a statement."""
        return self._sources[statement.source_number]

    def speaker(self, statement: Statement) -> Entity | None:
        """Give the actor who says a statement; None for an unnamed source."""
        return self._entities.get(self.source(statement).entity_number)

    def speaking_in(self, start: int, end: int) -> list[Statement]:
        """Give the statements in a stretch, the one that covers most of it first."""
        covered: dict[str, int] = defaultdict(int)
        for first, last, statement_id in self._spans:
            if first >= end:
                break
            if last > start:
                covered[statement_id] += min(last, end) - max(first, start)
        order = sorted(covered, key=covered.get, reverse=True)
        return [self._statements[statement_id] for statement_id in order]

    def named_in(self, start: int, end: int) -> list[Entity]:
        """Give the actors that are mentioned in a stretch, each once, in the order of the text."""
        numbers = {}
        for begin, last, number in self._mentions[bisect.bisect_left(self._mentions, (start,)) :]:
            if begin >= end:
                break
            if last <= end:
                numbers[number] = None
        return [self._entities[number] for number in numbers]

    def government(self, words: str) -> Entity | None:
        """Give the government that some words stand for: "Moscow"."""
        known = self._gazetteer.get(words)
        if known is None or known.kind != "country":
            return None
        return self._governments.get(self._gazetteer.country_names[known.country_code])

    def called(self, words: str) -> Entity | None:
        """Give the one actor that some words name: a government, or a person by the surname."""
        if self._gazetteer.get(words):
            return self.government(words)
        people = self._people[words.split()[-1]]
        return people[0] if len(people) == 1 else None

    def is_one_of(self, holder: Entity, words: str) -> bool:
        """Tell whether a role of somebody is named by some words: "Republicans" by one of them."""
        stem = words.removesuffix("s")
        return any(stem in role for role in self._roles.get(holder.entity_number, ()))

    def on_behalf_of(self, holder: Entity, content: str) -> Entity | None:
        """Say for whom somebody speaks: by an office, or "repeating Jerusalem's position"."""
        in_office = holder.entity_type == "ministry" or holder.entity_number in self._in_office
        government = None
        if in_office and holder.country_text:
            government = self.government(holder.country_text)
        worded = POSITION_OF.search(content)
        if government is None and worded:
            government = self.government(worded["who"])
        return government if government != holder else None
