-- What had somebody said, as known on an earlier night?
-- The versions that were current on that night, read by today's extractor; "still_current" tells
-- what a later version replaced. For the tables as they were published that night, ask with
-- `--known-as-of NIGHT` instead, or attach an older file of the releases folder beside this one.
select
    statements.content_text as what_was_said,
    articles.article_date,
    versions.version_number,
    versions.dump_date as known_since,
    statements.is_current as still_current,
    articles.canonical_url,
from marts.fct_statements as statements
inner join marts.dim_article_versions as versions
    on statements.article_version_id = versions.article_version_id
inner join marts.dim_articles as articles on statements.article_id = articles.article_id
inner join marts.dim_actors as speakers
    on statements.speaker_actor_id = speakers.actor_id
where
    speakers.actor_name = coalesce(getvariable('actor'), 'Yonatan Barlev')
    and versions.valid_from <= coalesce(getvariable('as_of'), date '2026-03-06')
    and (
        versions.valid_to is null
        or versions.valid_to >= coalesce(getvariable('as_of'), date '2026-03-06')
    )
order by articles.article_date, articles.canonical_url, statements.char_start
limit coalesce(getvariable('rows'), 20)
