"""The agencies whose stories other outlets print, and where a text credits them."""

import re

_NAMES = (
    r"Reuters|Associated Press|AP|AFP|Agence France-Presse|dpa|TASS|Xinhua|UPI|Bloomberg"
    r"|Interfax(?:-Ukraine)?|RIA Novosti|Ukrinform|Kyodo(?: News)?|Yonhap|PTI|ANSA|EFE|Anadolu"
    r"|IRNA|Tasnim|MNA|MENA|PAP|ČTK|Canadian Press|PA Media|Press Association"
)
_GENERIC = r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3} (?:News Agency|Newswire|Wire|Agency)"
WIRE = rf"(?:{_NAMES}|{_GENERIC})"
"""A regular expression for the name of an agency."""

_IN_DATELINE = re.compile(rf"\((?P<dash>{WIRE})\)\s*[-–—]|/(?P<slashes>{WIRE})/\.")
_AUTHOR = re.compile(rf"(?:The )?({WIRE})")
_BETWEEN_AUTHORS = re.compile(r"\s*(?:[,;/|]|\band\b)\s*")
_DATELINE_WITHIN = 400


def find_credit(author: str | None, body: str) -> str | None:
    """Name the agency that the dateline or the byline credits; None where neither does."""
    dateline = _IN_DATELINE.search(body, 0, _DATELINE_WITHIN)
    if dateline:
        return dateline["dash"] or dateline["slashes"]
    for name in _BETWEEN_AUTHORS.split(author or ""):
        credited = _AUTHOR.fullmatch(name)
        if credited:
            return credited[1]
    return None
