import json
from datetime import date

import pytest

from communique.dumps import read_file

NIGHT = date(2026, 3, 8)


@pytest.fixture
def read(tmp_path):
    """Deliver one file on the night of 8 March 2026 and read it."""

    def deliver_and_read(name, content):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_file(tmp_path, name, dump_date=NIGHT)

    return deliver_and_read


@pytest.fixture
def article(read):
    """Deliver one article as a JSON object with the given fields, and read it."""

    def deliver_and_read(**fields):
        content = json.dumps({"text": "The harbour of Tallinn is open again.", **fields})
        delivery = read("article.json", content)
        assert not delivery.rejected
        return delivery.articles[0]

    return deliver_and_read
