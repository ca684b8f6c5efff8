"""A seed that cannot be read is named, with what to save it as."""

import pytest

from communique.errors import CommuniqueError
from communique.seeds import read_seed


def test_a_seed_that_a_spreadsheet_has_saved_in_its_own_encoding_is_named(tmp_path):
    file = tmp_path / "organisations.csv"
    file.write_bytes("actor_name\nAmigos de José\n".encode("cp1252"))

    with pytest.raises(CommuniqueError) as error:
        read_seed(file)

    assert str(error.value).startswith(f"The seed {file} is not in UTF-8 (byte ")
    assert str(error.value).endswith("save it as CSV with commas, in UTF-8.")
