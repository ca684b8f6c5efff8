"""Who is named in a text, as what, and who is not an actor at all."""

from datetime import date

import pytest


def test_a_photographer_is_never_an_actor(read):
    reading = read(
        "Talks opened in Oslo on Monday after a week of waiting.\n"
        "Norwegian Foreign Minister Sigrid Aune (L) and Finnish Prime Minister Aino Kallela in "
        "Oslo. (Photo by DANA MOR / POOL / AFP via Getty Images)\n"
        "Aino Kallela said the bridge was closed.\n"
    )

    assert {"Sigrid Aune", "Aino Kallela"} <= reading.actors
    assert not {name for name in reading.actors if "MOR" in name or "Getty" in name}
    assert "Agence France-Presse" not in reading.actors


def test_promotion_and_navigation_yield_nothing(read):
    reading = read(
        "Skip to main content\n"
        "Aino Kallela said the bridge was closed for repairs until the summer.\n\n"
        "Subscribe to our newsletter: our editor Tilda Brandt says it is the best.\n"
    )

    assert reading.actors == {"Aino Kallela"}
    assert len(reading.contents) == 1


def test_an_office_that_ends_in_the_name_of_its_body_is_no_name_of_its_own(read):
    reading = read(
        "The group is headed by Anders Lund Rasvik, ex-Secretary General of NATO (he arrived in "
        "Kyiv today). Head of the office Darya Melnyk said the work had begun.\n"
    )

    assert "Darya Melnyk" in reading.actors


@pytest.mark.parametrize(
    "sentence",
    [
        "A bus in Jerusalem was late on Tuesday because of the snow.",
        "The train from Moscow stops in Minsk and goes on to Warsaw.",
        "Snow fell on the hills near Washington during the night.",
    ],
)
def test_a_place_is_no_actor(read, sentence):
    assert read(sentence).actors == set()


@pytest.mark.parametrize(
    ("sentence", "government"),
    [
        ("Jerusalem rejected the plan of the mediators.", "Israel"),
        ("Moscow said that the bridge would be closed.", "Russia"),
        ("The bridge was closed on orders of the Norwegian government.", "Norway"),
    ],
)
def test_a_capital_that_acts_is_its_government(read, sentence, government):
    reading = read(sentence)

    assert reading.actors == {government}
    assert reading.entity(government).entity_type == "government"


def test_the_names_of_a_government_are_one_actor(read):
    reading = read(
        "Israel said the bridge was closed. Jerusalem also rejected the plan for a ferry. "
        "The Israeli government wants a new bridge to be built."
    )

    assert reading.actors == {"Israel"}
    assert set(reading.speakers) == {"Israel"}


def test_a_title_before_the_name_is_a_role(read):
    reading = read("Israeli Defense Minister Yonatan Barlev said the radars were ready.")
    (role,) = reading.extraction.entity_roles

    assert role.role_title == "Defense Minister"
    assert role.country_text == "Israeli"
    assert role.is_former is False
    assert reading.actor(role.entity_number) == "Yonatan Barlev"
    assert reading.article.body_text[role.char_start : role.char_end].startswith("Israeli Defense")


def test_a_trade_before_the_name_is_a_role_too(read):
    reading = read("Columnist Ada Blix said the radars were ready.")

    assert "Ada Blix" in reading.actors
    assert [role.role_title for role in reading.extraction.entity_roles] == ["Columnist"]


def test_a_title_after_the_name_is_a_role(read):
    reading = read("Aino Kallela, the prime minister of Finland, said the harbour was safe.")
    (role,) = reading.extraction.entity_roles

    assert role.role_title == "prime minister"
    assert role.country_text == "Finland"


def test_the_role_of_the_next_in_a_list_is_not_that_of_the_one_before(read):
    reading = read(
        "Invited were chief of staff Ed Harlow, former national security adviser John Barlow and "
        "others, the mayor said."
    )
    roles = reading.extraction.entity_roles
    names = {one.entity_number: one.entity_name for one in reading.extraction.entities}

    assert {(names[one.entity_number], one.role_title) for one in roles} == {
        ("Ed Harlow", "chief of staff"),
        ("John Barlow", "national security adviser"),
    }


def test_a_former_role_is_marked(read):
    reading = read("Former Israeli Defense Minister Yonatan Barlev said the radars were ready.")
    (role,) = reading.extraction.entity_roles

    assert role.is_former is True


def test_full_name_and_surname_are_mentions_of_one_person(read):
    reading = read(
        "Israeli Defense Minister Yonatan Barlev arrived in Oslo. Barlev said the radars were "
        "ready. The radars, Barlev added, were expensive."
    )
    number = reading.entity("Yonatan Barlev").entity_number
    methods = [
        mention.link_method
        for mention in reading.extraction.mentions
        if mention.entity_number == number
    ]

    assert methods == ["full_name", "surname", "surname"]


def test_two_people_with_one_surname_are_not_mixed_up(read):
    reading = read(
        "Finnish President Oskari Kallela met Estonian Prime Minister Aino Kallela in Tallinn. "
        "Aino Kallela said the harbour was safe. Oskari Kallela said the road was not."
    )

    assert reading.speaker("harbour was safe") == "Aino Kallela"
    assert reading.speaker("road was not") == "Oskari Kallela"


def test_an_east_asian_person_is_called_by_the_first_word(read):
    reading = read(
        "South Korean Defense Minister Park Ji-hoon spoke in Seoul. Park said the shells were "
        "ready. “They are in store,” Park added."
    )

    assert set(reading.speakers) == {"Park Ji-hoon"}
    assert "Park" not in reading.actors


def test_an_acronym_in_brackets_is_the_same_body_later(read):
    reading = read(
        "The Harbour Workers Union (HWU) met in Kotka. The HWU said the cranes were unsafe."
    )

    assert reading.speakers == ["Harbour Workers Union"]


def test_a_name_in_two_titles_is_still_one_person(read):
    reading = read(
        "House Majority Leader Ada Lund spoke first. Sen. Ada Lund of Ohio said the bridge was "
        "closed."
    )

    assert reading.actors == {"Ada Lund"}
    assert reading.speakers == ["Ada Lund"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Friends of the Lake International said on Monday the dam must go.",
         "Friends of the Lake International"),
        ("According to a study by Trust for Northern Harbours, the quays are rotten.",
         "Trust for Northern Harbours"),
        ("Ada Lund’s Harbour Motor Corp said on Monday it would close the yard.",
         "Harbour Motor Corp"),
        ("When The Washington Post asked, nobody answered, The Washington Post reported on Monday.",
         "The Washington Post"),
        ("The Kotka Chamber of Commerce Friday condemned the strike.",
         "Kotka Chamber of Commerce"),
        ("The Harbour Safety Committee on Thursday said that the quays were rotten.",
         "Harbour Safety Committee"),
        ("The Harbour Safety Committee on Nov. 5 said that the quays were rotten.",
         "Harbour Safety Committee"),
        ("The Council on Baltic Affairs said that the quays were rotten.",
         "Council on Baltic Affairs"),
    ],
)  # fmt: skip
def test_a_body_is_named_whole_and_without_what_stands_before_it(read, text, name):
    actors = read(text).actors

    assert name in actors
    assert not {actor for actor in actors if actor != name and actor in name}


def test_a_short_name_is_the_company_that_was_named_in_full(read):
    reading = read(
        "Kotka Crane Systems Inc said on Monday it would build a yard. Kotka will hire welders. "
        "“We need them now,” Kotka said in a statement."
    )

    assert reading.actors == {"Kotka Crane Systems Inc"}


def test_links_glued_to_a_name_are_no_part_of_it(read):
    reading = read(
        "Sen. Ada Lund Ada Mary LundSenate panel votes on harbour MORE said it was over."
    )

    assert reading.actors == {"Ada Lund"}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Asked on Friday, Fraunhofer scientist Lena Probst said it was late.", "Lena Probst"),
        ("Likud MK Nissim Barlev said that the bridge was closed.", "Nissim Barlev"),
        ("Prime Minister Sheikh Mohammed bin Abdulrahman Al Karam said it was late.",
         "Mohammed bin Abdulrahman Al Karam"),
    ],
)  # fmt: skip
def test_a_person_is_called_by_the_whole_name_and_nothing_else(read, sentence, name):
    people = {
        one.entity_name for one in read(sentence).extraction.entities if one.entity_type == "person"
    }

    assert people == {name}


def test_an_ally_is_not_who_he_is_an_ally_of(read):
    assert read("Ryan ally said on Monday that the talks went on.").actors == set()


def test_an_honorific_is_no_part_of_an_office(read):
    reading = read("Prime Minister Sheikh Adel bin Zayd Al Karam said the bridge was closed.")

    assert [role.role_title for role in reading.extraction.entity_roles] == ["Prime Minister"]


def test_where_an_ambassador_is_sent_is_a_part_of_the_office(read):
    reading = read("U.S. Ambassador to Israel Mike Harlow rejected the report.")
    (role,) = reading.extraction.entity_roles

    assert (role.role_title, role.country_text) == ("Ambassador to Israel", "U.S.")


def test_party_members_in_a_chamber_are_a_group(read):
    reading = read("Senate Republicans said on Monday they would vote against the harbour bill.")

    assert reading.entity("Senate Republicans").entity_type == "group"


def test_a_ministry_with_its_country_before_it_is_the_one_of_the_registry(read):
    reading = read("The U.S. Treasury Department said on Monday it would lift the tariff.")

    assert reading.actors == {"United States Department of the Treasury"}


def test_a_surname_alone_means_who_held_office_then(read):
    text = "The plan of Clinton was ready. Clinton said on Monday the talks would go on."

    assert "Hillary Clinton" in read(text, published_on=date(2010, 5, 4)).actors
    assert "Hillary Clinton" not in read(text, published_on=date(1995, 5, 4)).actors


@pytest.mark.parametrize(
    ("sentence", "title", "is_former"),
    [
        (
            "The plan was praised by envoys and the former foreign minister Sigrid Aune said so.",
            "foreign minister",
            True,
        ),
        (
            "It is too late, said political analyst Sigrid Aune on Monday.",
            "political analyst",
            False,
        ),
        (
            "The Norwegian ambassador to Chad, Sigrid Aune, said the bridge was closed.",
            "ambassador to Chad",
            False,
        ),
        (
            "BOMBING SUSPECT IDENTIFIED Attorney General Sigrid Aune said the bridge was closed.",
            "Attorney General",
            False,
        ),
        ("NATO Director Sigrid Aune said the bridge was closed.", "NATO Director", False),
    ],
)
def test_the_sentence_around_a_title_is_no_part_of_it(read, sentence, title, is_former):
    (role,) = read(sentence).extraction.entity_roles

    assert (role.role_title, role.is_former) == (title, is_former)


def test_a_name_with_a_hyphen_is_whole(read):
    reading = read(
        "South Korea will not supply Kenya with boats, Defense Minister Park Ji-hoon said on "
        "Monday.\n\n“Our law does not allow it,” Park told reporters."
    )

    assert set(reading.speakers) == {"Park Ji-hoon"}


def test_a_surname_alone_that_speaks_is_a_person(read):
    reading = read("Aune said the settlements on the West Bank were unlawful.\n")

    assert reading.entity("Aune").entity_type == "person"
    assert "West Bank" not in reading.actors


def test_the_government_of_a_leader_is_that_of_the_country_and_names_the_leader(read):
    reading = read(
        "Pressure on the Netanyahu government grew this week.", published_on=date(2023, 6, 28)
    )

    assert {"Israel", "Benjamin Netanyahu"} <= reading.actors
    assert sorted(mention.surface for mention in reading.extraction.mentions) == [
        "Netanyahu",
        "Netanyahu government",
    ]


def test_a_counterpart_holds_the_same_office(read):
    reading = read(
        "Israeli Defense Minister Yonatan Barlev called his Ukrainian counterpart Taras "
        "Bondarchuk on Monday."
    )

    assert {
        (reading.actor(role.entity_number), role.role_title, role.country_text)
        for role in reading.extraction.entity_roles
    } == {
        ("Yonatan Barlev", "Defense Minister", "Israeli"),
        ("Taras Bondarchuk", "Defense Minister", "Ukrainian"),
    }


@pytest.mark.parametrize(
    ("words", "country"),
    [("Irish Government", "Ireland"), ("Obama Administration", "United States")],
)
def test_a_government_with_a_capital_letter_is_the_same_one(read, words, country):
    reading = read(f"The {words} closed the bridge.", published_on=date(2014, 5, 6))

    assert reading.entity(country).entity_type == "government"
    assert words not in reading.actors


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ('John "Mac" Lindqvist', "Republican strategist {} said the process would take a year."),
        ("Thomas “Tip” Garland", "{} said the House would vote on Monday."),
        ('Edward "Ted" Marlowe', "Sen. {} told reporters on Monday that the bill was dead."),
    ],
)
def test_a_nickname_stands_within_a_name(read, name, text):
    assert read(text.format(name) + "\n").actors == {name}


@pytest.mark.parametrize(
    ("sentence", "acts"),
    [
        ("The removals come as the U.S. imposed fresh sanctions on the shipyard.", True),
        ("The bridge was attacked by the US, Israel and Norway.", True),
        ("Experts said the US and Norway have agreed to close the bridge.", True),
        ("Norway lifted its tariffs; US and European tariffs stayed.", False),
        ("The US dollar fell when the bridge was closed.", False),
    ],
)
def test_the_us_is_a_government_where_it_acts_and_no_adjective(read, sentence, acts):
    assert ("United States" in read(sentence).actors) is acts


@pytest.mark.parametrize(
    ("sentence", "actors"),
    [
        (
            "Ed Harlow of the Center for Harbour and International Studies said it was late.",
            {"Ed Harlow", "Center for Harbour and International Studies"},
        ),
        (
            "The Centre for Addiction and Mental Health said it was late.",
            {"Centre for Addiction and Mental Health"},
        ),
    ],
)
def test_where_a_person_is_from_is_a_body_of_its_own_and_whole(read, sentence, actors):
    assert read(sentence).actors == actors
