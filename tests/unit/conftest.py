"""A reader for tests: a text goes in, and answers to the questions of an analyst come out."""

from collections.abc import Callable

import pytest
from reading import Reading, build_article

from communique.dumps import label_blocks
from communique.extraction import Extractor
from communique.extraction.gazetteer import Gazetteer
from communique.positions import Judge
from communique.settings import Settings
from communique.stages.extract import load_extractor
from communique.stages.judge import load_judge
from house import counted


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The extractor with the registry that the project ships."""
    return load_extractor(Settings.from_environment({}))


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The names that the registry of the project has."""
    return Gazetteer.from_seeds(Settings.from_environment({}).dbt_project / "seeds")


@pytest.fixture(scope="session")
def judge() -> Judge:
    """The judge with the codebook that the project ships."""
    return load_judge(Settings.from_environment({}))


@pytest.fixture(scope="session")
def read(extractor: Extractor, judge: Judge) -> Callable[..., Reading]:
    """Read a text as an article of the Harbour Tribune, if nothing else is said."""

    def read_text(text: str, **options: object) -> Reading:
        article = build_article(text, **options)
        blocks = label_blocks(article)
        extraction = extractor.extract(article, blocks)
        return Reading(article, extraction, counted(judge.judge(article, blocks, extraction)))

    return read_text
