"""Pages that the house writes, read as strictly as a browser is lenient."""

from html.parser import HTMLParser

_VOID = {"meta", "br", "link", "img", "input", "hr"}
_LOADING = ("src", "srcset", "poster", "data", "background")


class Page(HTMLParser):
    """A page whose tags nest and whose ids are unique; its links and what it would load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.open_tags, self.ids, self.links, self.loads = [], set(), [], []
        self.feed(text)
        self.close()
        assert not self.open_tags

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        assert len(found) == len(attributes), tag
        if tag not in _VOID:
            self.open_tags.append(tag)
        if "id" in found:
            assert found["id"] not in self.ids, found["id"]
            self.ids.add(found["id"])
        if tag == "a":
            self.links.append(found["href"])
        self.loads += [found[name] for name in _LOADING if name in found]
        self.loads += [tag] if tag in ("script", "link", "iframe", "object", "img") else []

    def handle_endtag(self, tag):
        assert self.open_tags.pop() == tag
