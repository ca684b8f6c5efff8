"""One address for one article."""

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING_PREFIXES = ("utm_", "at_", "mc_", "ga_", "hsa_", "itm_", "ns_", "pk_", "wt_")
_TRACKING = {
    "cmpid", "fbclid", "ftcamp", "gclid", "icid", "igshid", "ito", "maca", "mkt_tok", "ocid",
    "partner", "ref", "ref_src", "smid", "spm", "xtor",
}  # fmt: skip
_MAX_LENGTH = 2000
_CREDENTIALS = re.compile(r"(?<=//)[^/?#\s]*@")


def canonicalise(url: str | None) -> str | None:
    """Reduce an address to what names the article: https, no www., no tracking, no fragment.

    None for what is no web address, and for the front page of a site, which names no article.
    """
    parts = _split(url)
    if not parts:
        return None
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _TRACKING and not name.lower().startswith(_TRACKING_PREFIXES)
    ]
    path = parts.path.rstrip("/")
    if not path and not query:
        return None
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    return urlunsplit(("https", _host(parts) + port, path, urlencode(query), ""))


def is_web_address(url: str | None) -> bool:
    """Tell an address of the web from one that runs, mails or holds something, and from none."""
    return _split(url) is not None


def without_credentials(url: str) -> str:
    """Remove a name and a password, which are no part of an address and nobody's business."""
    return _CREDENTIALS.sub("", url)


def domain_of(url: str | None) -> str | None:
    """Name the host of an address; None for what is no web address."""
    parts = _split(url)
    return _host(parts) if parts else None


def _split(url: str | None) -> SplitResult | None:
    if not url or len(url) > _MAX_LENGTH:
        return None
    try:
        parts = urlsplit(url.strip())
        usable = "." in (parts.hostname or "") and (parts.port is None or parts.port >= 0)
    except ValueError:
        return None
    return parts if usable and parts.scheme.lower() in ("http", "https") else None


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").removeprefix("www.")
