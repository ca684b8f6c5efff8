-- What is said without a name, against the public position?
-- The warehouse takes down no position of a source without a name, so their words stand here,
-- beside the position that Israel's named speakers held on that day. Spokespeople speak in
-- public and are left out. The words to look for must all be in the statement.
select
    articles.article_date,
    said.attribution_chain as according_to,
    said.content_text as in_private,
    timeline.position as public_position,
    timeline.valid_from as public_since,
from marts.statement_provenance as said
inner join marts.fct_statements as statements
    on said.statement_id = statements.statement_id
inner join marts.dim_sources as sources
    on statements.speaker_source_id = sources.source_id
inner join marts.dim_articles as articles on statements.article_id = articles.article_id
left join marts.stance_timeline as timeline
    on
        timeline.holder_name = coalesce(getvariable('actor'), 'Government of Israel')
        and timeline.proposition_id = coalesce(getvariable('proposition'), 'arm_ukraine')
        and articles.article_date between timeline.valid_from
        and coalesce(timeline.valid_to, date '9999-12-31')
where
    not said.is_origin_named
    and sources.source_type in ('person', 'group')
    and sources.descriptor_rank <> 'spokesperson'
    and list_bool_and(
        [
            contains(lower(said.content_text), word)
            for word in string_split(
                lower(coalesce(getvariable('words'), 'Israel weapons Ukraine')), ' '
            )
        ]
    )
order by articles.article_date, said.canonical_url, said.char_start
limit coalesce(getvariable('rows'), 20)
