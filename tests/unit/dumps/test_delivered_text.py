import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.dumps.text import decode, hash_content, normalise


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_every_line_end_is_a_line_feed(end):
    assert normalise(f"Ice.{end}Fog.") == "Ice.\nFog."


@pytest.mark.parametrize(
    ("delivered", "stored"),
    [
        ("Ice\x00 is\x1f gone\x7f\u200b\ufeff\u00ad", "Ice is gone"),
        ("Ice &amp; fog &quot;gone&quot; &#8211; &#x2014;", 'Ice & fog "gone" – —'),
        ("AT&T, R&D; 5 < 6 &nosuch; ?a=1&copy=2 &amp;", "AT&T, R&D; 5 < 6 &nosuch; ?a=1&copy=2 &"),
        ("<p>Ice.</p><p>Fog<br/>is <b>thick</b>.</p>", "Ice.\nFog\nis thick.\n"),
        ('See <a href="https://example.com">the map</a>.', "See the map."),
        ("Temperatures <5 and a <unit> stay", "Temperatures <5 and a <unit> stay"),
        ("\x93Ice\x94 \x96 it\x92s gone", "“Ice” – it’s gone"),
        ("e\u0301te\u0301", "été"),
        ("Half \ud83d letter", "Half \ufffd letter"),
        ("Tabs\tstay", "Tabs\tstay"),
    ],
)  # fmt: skip
def test_a_text_is_repaired(delivered, stored):
    assert normalise(delivered) == stored


@pytest.mark.parametrize(
    "kept", ["“Ice” ‘fog’ «snow» „rain“", "10\u00a0km", "Wait… – — ‑", "👩‍⚓ می‌خواهم"]
)
def test_quotation_marks_dashes_and_no_break_spaces_stay_as_delivered(kept):
    assert normalise(kept) == kept


@pytest.mark.parametrize("layers", [1, 2, 3])
@pytest.mark.parametrize("misread_as", ["cp1252", "latin-1"])
def test_letters_misread_up_to_three_times_are_mended(layers, misread_as):
    text = misread = "Ice “gone” – Müller’s café, 10\u00a0km"
    if misread_as == "cp1252":
        text = misread = "Ice gone – Müller’s café, 10\u00a0km"
    for _ in range(layers):
        misread = misread.encode().decode(misread_as)
    assert normalise(misread) == text


@pytest.mark.parametrize(
    "kept", ["« Voilà\u00a0» dit-il", "“passé”—he said", "AMANHÃ\u00a0À", "ÂNGELO Ñandú Ðà"]
)
def test_letters_that_only_look_misread_stay(kept):
    assert normalise(kept) == kept


@given(st.text())
def test_a_repaired_text_can_be_stored_and_has_only_line_feeds(text):
    stored = normalise(text)
    stored.encode("utf-8")
    assert not set(stored) & set("\r\x00\x0b\x0c\x85\u2028\u2029\ufeff")


def test_a_mark_before_a_text_is_no_part_of_it():
    assert decode(b"\xef\xbb\xbfIce") == "Ice"


def test_space_between_words_does_not_make_another_text():
    assert hash_content("Ice\n\n is gone. ") == hash_content(" Ice is\u00a0gone.")
    assert hash_content("Ice is gone.") != hash_content("Ice is gone!")
