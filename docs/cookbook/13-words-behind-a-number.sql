-- Which words stand behind an actor's number for a proposition?
-- "characters" are code points of the article's text; "around" is what stands before and after.
-- The holder, the proposition and the days of a point in a chart lead to its words.
with

-- Whose they are is known before their words are looked for among all words.
stances as materialized (

    select stances.statement_id
    from marts.fct_stances as stances
    inner join marts.dim_actors as holders
        on holders.actor_id in (stances.holder_actor_id, stances.on_behalf_of_actor_id)
    where
        holders.actor_name = coalesce(getvariable('actor'), 'Government of Ukraine')
        and stances.proposition_id = coalesce(getvariable('proposition'), 'arm_ukraine')
        and stances.held_from >= coalesce(getvariable('from'), stances.held_from)
        and stances.held_from <= coalesce(getvariable('to'), stances.held_from)
        and stances.expression in ('self', 'reported')
        and stances.review_status <> 'rejected'

)

select distinct
    left(said.content_text, 45) as words,
    said.char_start || '-' || said.char_end as characters,
    said.quote_prefix || '[...]' || said.quote_suffix as around,
    said.canonical_url,
    said.dump_date || '/' || said.dump_file || ' #' || said.dump_record as dump_record,
    said.extractor_version || ' ' || said.codebook_version as made_by,
from stances
inner join marts.statement_provenance as said
    on stances.statement_id = said.statement_id
order by dump_record, characters
limit coalesce(getvariable('rows'), 20)
