"""Pages for people, from templates in which whatever is filled in is text and never markup."""

import re
from collections.abc import Sequence

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from communique.tables import day_in_words

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What no page may hold, and what turns the direction of the words around it."""

_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def render(package: str, template: str, **values: object) -> str:
    """Fill in a template of a package; it may extend `page.html`, the frame of every page.

    Raises jinja2.UndefinedError for a value that the template needs and does not get.
    """
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("communique")]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_without_steering,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "size": _size,
        "day": day_in_words,
        "listed": _listed,
        "web": _web_address,
    }
    return environment.get_template(template).render(**values)


def _listed(names: Sequence[str]) -> str:
    """Write names as people say them: one, two and three."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _web_address(url: str | None) -> str | None:
    """Give an address back if it is one of the web; a page links to nothing else."""
    return url if url and re.match("https?://", url, re.IGNORECASE) else None


def _without_steering(value: object) -> object:
    return type(value)(_STEERING.sub(" ", value)) if isinstance(value, str) else value


def _size(count: float) -> str:
    for unit in _UNITS:
        if count < 1000 or unit == _UNITS[-1]:
            return f"{count:.0f} {unit}" if unit == "bytes" else f"{count:.1f} {unit}"
        count /= 1000
    raise AssertionError("unreachable")
