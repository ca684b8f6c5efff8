"""The morning report as an editor sees it: on a phone, at a desk, by day, by night, on paper."""

import pytest

pytestmark = pytest.mark.bi

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}

LOW_CONTRASTS = """() => {
    const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    const rgba = colour => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = colour => {
        const [r, g, b] = rgba(colour).slice(0, 3).map(value => {
            const part = value / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = element => {
        const bar = element.matches('text.on') && element.parentElement.querySelector('rect');
        if (bar) return getComputedStyle(bar).fill;
        for (let one = element; one; one = one.parentElement) {
            const colour = getComputedStyle(one).backgroundColor;
            if (rgba(colour)[3] === 255) return colour;
        }
        return 'white';
    };
    const low = [];
    let seen = 0;
    for (const element of document.querySelectorAll('body *')) {
        const hasText = [...element.childNodes].some(
            node => node.nodeType === Node.TEXT_NODE && node.data.trim());
        if (!hasText || !element.checkVisibility() || element.matches('title, desc')) continue;
        const style = getComputedStyle(element);
        const [one, other] = [
            light(element.namespaceURI.endsWith('svg') ? style.fill : style.color),
            light(behind(element)),
        ];
        const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        seen += 1;
        if (contrast < 4.5) low.push([element.outerHTML.slice(0, 120), contrast]);
    }
    return {seen, low};
}"""


@pytest.fixture(scope="module")
def address(week, tmp_path_factory):
    file = tmp_path_factory.mktemp("report") / "report.html"
    run = week.read("report", "2026-03-06", file)
    assert run.returncode == 0, run.stderr
    return file.as_uri()


@pytest.fixture
def look(browser, address):
    contexts = []

    def open_page(**options):
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_it_fits_the_window_and_every_word_stands_out(look, address, size, scheme):
    page = look(viewport=size, color_scheme=scheme)

    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    contrasts = page.evaluate(LOW_CONTRASTS)
    assert contrasts["seen"] > 300
    assert contrasts["low"] == []
    assert page.asked == [address]
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 25, 30)"
    assert dark == (scheme == "dark")


def test_names_in_drawings_are_not_cut_off_on_a_phone(look):
    page = look(viewport=PHONE)

    rights = page.locator("svg text").evaluate_all(
        "texts => texts.map(text => text.getBoundingClientRect().right)"
    )
    assert len(rights) > 50
    assert max(rights) <= PHONE["width"]


def test_the_keyboard_leads_from_a_change_to_its_words(look):
    page = look(viewport=DESK)

    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "To the content"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        outline = page.locator(":focus").evaluate("one => getComputedStyle(one).outline")
        assert "solid 3px" in outline
        if page.locator(":focus").inner_text().startswith("Read it in its article"):
            break
    page.keyboard.press("Enter")
    target = page.locator(":target")
    assert target.get_attribute("id").startswith("words-")
    words = target.locator("xpath=following-sibling::mark[1]")
    assert words.inner_text().startswith("We support sending weapons to Ukraine")
    top = words.bounding_box()["y"]
    assert 0 <= top <= DESK["height"]


def test_a_screen_reader_hears_landmarks_headings_and_drawings(look):
    page = look(viewport=DESK, java_script_enabled=False)

    assert page.get_by_role("heading", level=1).all_inner_texts() == ["Morning report"]
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("contentinfo").count() == 1
    assert page.get_by_role("navigation", name="On this page").count() == 1
    drawing = page.get_by_role("img", name="Ukraine should be supplied with weapons: who stood")
    assert drawing.count() == 1
    assert page.get_by_role("region", name="What changed").count() == 1


def test_the_table_beside_a_drawing_opens_without_a_script(look):
    page = look(viewport=PHONE, java_script_enabled=False)
    figure = page.locator("figure").first
    table = figure.get_by_role("table")

    assert not table.is_visible()
    figure.get_by_text("The same as a table").click()
    assert table.is_visible()
    assert "Government of South Korea" in table.inner_text()


def test_on_paper_there_is_light_and_nothing_to_click(look):
    page = look(viewport=DESK, color_scheme="dark")

    page.emulate_media(media="print")

    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 39, 48)"
    assert not page.locator("nav").is_visible()
    assert not page.locator("summary").first.is_visible()
    assert page.pdf().startswith(b"%PDF")
