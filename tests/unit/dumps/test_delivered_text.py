import time

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
        ("&lt;p&gt; is a tag, &amp;amp; is not", "<p> is a tag, &amp; is not"),
        ("Ice&#133; &#x93;gone&#148;&#8232;Fog", "Ice… “gone”\nFog"),
        ("<p>Ice.<p>Fog.", "Ice.\nFog."),
        ("<section><h2>Ice</h2>\n<p>Gone.</p></section>", "\nIce\n\nGone.\n\n"),
        ("Ice.<!-- <p>note</p> -->Fog.<script>if (a < b) {'<p>'}</script><style>p {}</style>",
         "Ice.Fog."),
        ("<table><tr><td>Ice</td></tr><tr><td>Fog</td></tr></table>", "\nIce\nFog\n\n"),
        ("\ud83d\udea2 sails", "🚢 sails"),
    ],
)  # fmt: skip
def test_a_text_is_repaired(delivered, stored):
    assert normalise(delivered) == stored


@pytest.mark.parametrize(
    "kept",
    [
        "“Ice” ‘fog’ «snow» „rain“",
        "10\u00a0km",
        "Wait… – — ‑",
        "👩‍⚓ می‌خواهم",
        "ﬁne ｗｉｄｅ 10³ № ½",
    ],
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
    ("misread", "mended"),
    [
        ("Ships off CÃ´te d'Ivoire wait for Â£100m. “No,” he says.",
         "Ships off Côte d'Ivoire wait for £100m. “No,” he says."),
        ("РџСЂРёРІРµС‚, РјРёСЂ", "Привет, мир"),
        ("Home\u00a0Â»\u00a0Ice\u00a0Â\u00a0gone", "Home\u00a0»\u00a0Ice\u00a0\u00a0gone"),
        ("Â© 2026 Example Times", "© 2026 Example Times"),
        ("donâ\x80\x99t go", "don’t go"),
        ("voilÃ\u00a0 le golfe", "voilà le golfe"),
        ("donâ&#128;&#153;t go", "don’t go"),
        ("â€œIce,â€\ufffd he says", "“Ice,\ufffd he says"),
    ],
)  # fmt: skip
def test_letters_misread_anywhere_in_a_text_are_mended(misread, mended):
    around = "“Лёд” – the ice – is gone.\n"
    assert normalise(around + misread) == around + mended


@pytest.mark.parametrize(
    "kept",
    ["« Voilà\u00a0» dit-il", "“passé”—he said", "AMANHÃ\u00a0À", "AMANHÃ DE MANHÃ",
     "ÂNGELO Ñandú Ðà", "Größe „Übermut“", "Вона: «Сім’я — в Києві»…", "ПРИРВА «ГРОМ» СССР",
     "ΣΟΒΑΡΟ «ΝΑΙ»", "ĐÃ ĐẾN “HÀ NỘI”"],
)  # fmt: skip
def test_letters_that_only_look_misread_stay(kept):
    assert normalise(kept) == kept


@pytest.mark.parametrize(
    "hostile",
    ["<script>" * 60_000, "<script><style>" * 30_000, "<!--" * 100_000, "<p " * 100_000,
     "&" * 400_000, "Ã©" * 200_000, "Ð " * 200_000, "\ud83d" * 400_000],
    ids=["scripts", "styles", "comments", "tags", "entities", "letters", "leads", "halves"],
)  # fmt: skip
def test_no_text_takes_long(hostile):
    started = time.process_time()
    normalise(hostile)
    assert time.process_time() - started < 5


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
