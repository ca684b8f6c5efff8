import pytest


@pytest.mark.parametrize(
    ("text", "author", "credit"),
    [
        ("TALLINN (Reuters) - The ice is gone.", None, "Reuters"),
        ("WASHINGTON (AP) — The ice is gone.", "Aino Kallas", "AP"),
        ("MOSCOW, May 21. /TASS/. The ice is gone.", None, "TASS"),
        ("TALLINN (Meridian News Agency) – The ice is gone.", None, "Meridian News Agency"),
        ("The ice is gone.", "Reuters", "Reuters"),
        ("The ice is gone.", "The Associated Press", "Associated Press"),
        ("The ice is gone.", "Aino Kallas, Associated Press", "Associated Press"),
        ("The ice is gone.", "By AFP", "AFP"),
        ("The ice is gone, Reuters reported.", "Aino Kallas", None),
        ("The ice (Reuters saw it) is gone.", None, None),
        ("The ice is gone. " * 40 + "TALLINN (Reuters) - More.", None, None),
    ],
)
def test_the_agency_behind_a_story_is_credited(article, text, author, credit):
    assert article(text=text, author=author).wire_credit == credit


@pytest.mark.parametrize(
    ("delivered", "code"),
    [("en", "en"), ("EN-us", "en"), ("pt_BR", "pt"), ("English", "en"), ("ukrainian", "uk"),
     ("eng", "en"), ("deu", "de"), ("ger", "de"), ("fra", "fr"), ("fre", "fr"), ("spa", "es"),
     ("por", "pt"), ("rus", "ru"), ("ukr", "uk"), ("ara", "ar"), ("heb", "he"), ("zho", "zh"),
     ("chi", "zh"), ("zh-Hans", "zh"), ("iw", "he"), ("Chinese (Simplified)", "zh"),
     ("Estonian", "et"), ("est", "et"), ("Haitian Creole", "ht"), ("ceb", "ceb")],
)  # fmt: skip
def test_a_delivered_language_is_believed(article, delivered, code):
    assert article(language=delivered, text="Лёд ушёл, паромы снова ходят.").language_code == code


SENTENCES = {
    "ru": "Лёд ушёл из залива, и паромы снова ходят, сообщило министерство в понедельник. ",
    "en": "The ice has left the gulf and the ferries sail again, the ministry said on Monday. ",
}


@pytest.mark.parametrize(("delivered", "written"), [("en", "ru"), ("Russian", "en")])
def test_a_longer_text_that_plainly_contradicts_counts_before_what_is_delivered(
    article, delivered, written
):
    assert article(language=delivered, text=SENTENCES[written] * 4).language_code == written


def test_a_text_in_two_languages_does_not_contradict(article):
    text = SENTENCES["en"] * 3 + SENTENCES["ru"] * 3
    assert article(language="ru", text=text).language_code == "ru"


def test_norwegian_is_norwegian_in_either_of_its_written_forms(article):
    text = "Isen har forlatt bukten, og fergene seiler igjen, sa departementet på mandag. " * 4
    assert article(language="nb-NO", text=text).language_code == "nb"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The ice has left the gulf and the ferries sail again, the ministry said.", "en"),
        ("Лёд ушёл из залива, и паромы снова ходят, сообщило министерство в понедельник.", "ru"),
        ("Крига зійшла із затоки, і пороми знову ходять, повідомило міністерство.", "uk"),
        ("Das Eis ist weg und die Fähren fahren wieder, teilte das Ministerium mit.", "de"),
        ("עזב הקרח את המפרץ והמעבורות שוב מפליגות, כך מסר משרד התחבורה ביום שני.", "he"),
        ("غادر الجليد الخليج وعادت العبارات إلى الإبحار، حسبما أعلنت الوزارة يوم الاثنين.", "ar"),
    ],
)  # fmt: skip
def test_a_language_that_nobody_names_is_recognised(article, text, code):
    for nothing in ("unknown", "xx", "", None):
        assert article(text=text, language=nothing).language_code == code


def test_the_whole_start_of_a_text_shows_its_language(article):
    letterhead = "DER MINISTER FÜR VERKEHR UND DIGITALES DER REPUBLIK ESTLAND, PER HOLM\n1/4\n\n"
    text = "The ice has left the gulf, and the ferries sail again, the ministry said on Monday. "
    assert article(text=letterhead + text * 4).language_code == "en"


def test_a_few_words_do_not_show_their_language(article):
    assert article(text="Ice, fog, 2026.").language_code is None


def test_an_article_keeps_its_id_when_its_text_changes(article):
    before = article(url="https://example.com/ice", text="The ice is gone.")
    after = article(url="http://www.example.com/ice/", text="The ice is back.")
    assert before.article_id == after.article_id
    assert before.article_version_id != after.article_version_id


def test_one_text_under_two_outlets_without_addresses_is_two_articles(article):
    assert article(source="Example Times").article_id != article(source="Gulf Post").article_id
