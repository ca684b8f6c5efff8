"""One address for one article."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING_PREFIXES = ("utm_", "at_", "mc_", "ga_")
_TRACKING = {"fbclid", "gclid", "ocid", "cmpid", "ref", "ref_src", "smid", "partner", "ftcamp"}
_MAX_LENGTH = 2000


def canonicalise(url: str | None) -> str | None:
    """Reduce an address to what names the article: https, no www., no tracking, no fragment.

    None for what is no web address.
    """
    if not url or len(url) > _MAX_LENGTH:
        return None
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or "." not in host:
        return None
    place = host.removeprefix("www.") + (f":{port}" if port not in (None, 80, 443) else "")
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _TRACKING and not name.lower().startswith(_TRACKING_PREFIXES)
    ]
    return urlunsplit(("https", place, parts.path.rstrip("/"), urlencode(query), ""))


def domain_of(url: str | None) -> str | None:
    """Name the host of a canonical address."""
    return urlsplit(url).hostname if url else None
