"""What counts once, and for whom: copies of one story, and people who hold an office."""


def test_a_stance_that_three_papers_of_one_story_print_counts_once_a_day(week):
    days = week.ask(
        "select actor_name, date_day, stance_count, statement_count from marts.actor_daily "
        "where actor_name = 'Park Ji-hoon' and date_day = '2026-03-02'"
    )

    assert [(stances, statements) for *_, stances, statements in days] == [(2, 2)]


def test_an_interaction_that_three_papers_of_one_story_print_is_logged_once(week):
    repeated = week.ask(
        "select duplicate_cluster_id, interaction_type, initiator_name, recipient_name, "
        "count(distinct article_id) from marts.interaction_log "
        "inner join marts.dim_article_versions using (article_version_id) "
        "inner join marts.dim_articles using (article_id) "
        "group by all having count(distinct article_id) > 1"
    )

    assert repeated == []
    assert week.ask("select count(*) from marts.interaction_log") > [(0,)]


def test_only_who_governs_or_commands_speaks_for_a_country(week):
    speaking_for_countries = week.ask(
        "select distinct sector_code from marts.dim_actor_roles "
        "where represents_actor_id is not null order by all"
    )

    assert speaking_for_countries == [("GOV",), ("MIL",)]
    assert week.ask("select count(*) from marts.dim_actor_roles where sector_code = 'LEG'") > [(0,)]
