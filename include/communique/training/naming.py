"""How many names of actors a reading finds, on sentences that were not trained on."""

from collections import Counter
from pathlib import Path

from communique.extraction.entities import find_cast
from communique.extraction.gazetteer import Gazetteer
from communique.extraction.model.network import Network
from communique.extraction.recognition import Recognition
from communique.settings import Settings
from communique.stages.extract import load_extractor
from communique.training.corpora import Span
from communique.training.names import NamedText, read_crossner

_KINDS = {"person": "person", "party": "party", "government": None}
"""The kinds of actors that the corpus tells apart; all others are organisations."""


def measure_names(settings: Settings, data: Path, weights: Path) -> dict[str, dict[str, float]]:
    """Score people, parties, organisations and countries on CrossNER's sentences on politics.

    A name counts where span and kind agree exactly; a country's counts however it is meant, as
    long as it is the country's own name.
    """
    network = Network(weights)
    gazetteer = load_extractor(settings, network=network).gazetteer
    counts = {kind: Counter() for kind in ("person", "party", "organisation", "country")}
    for one in read_crossner(data, "dev"):
        found = _found(one, network, gazetteer)
        wanted = {(span, "country" if kind == "place" else kind) for span, kind in one.names}
        wanted = {
            (span, kind)
            for span, kind in wanted
            if kind != "country" or gazetteer.get(one.text[slice(*span)]) is not None
        }
        for kind, count in counts.items():
            here, there = ({span for span, of in spans if of == kind} for spans in (found, wanted))
            count.update(right=len(here & there), found=len(here), wanted=len(there))
    return {
        kind: {
            "precision": round(count["right"] / max(1, count["found"]), 4),
            "recall": round(count["right"] / max(1, count["wanted"]), 4),
            "f1": round(2 * count["right"] / max(1, count["found"] + count["wanted"]), 4),
            "names": count["wanted"],
        }
        for kind, count in counts.items()
    }


def _found(one: NamedText, network: Network, gazetteer: Gazetteer) -> set[tuple[Span, str]]:
    recognition = Recognition(network.heads, network.read(one.text, one.stretches))
    cast = find_cast(one.text, gazetteer, one.stretches, recognition)
    kinds = [
        (place, _KINDS.get(place.referent.entity_type, "organisation")) for place in cast.places
    ]
    actors = {((place.start, place.end), kind) for place, kind in kinds if kind}
    covered = {position for (start, end), _ in actors for position in range(start, end)}
    countries = {
        ((hit.start, hit.end), "country")
        for hit in gazetteer.find(one.text)
        if hit.known.alias_type in ("name", "transliteration")
        and hit.known.kind == "country"
        and covered.isdisjoint(range(hit.start, hit.end))
    }
    return actors | countries
