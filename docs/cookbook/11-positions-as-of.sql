-- Where did all sides stand on a proposition as of a date, and on what evidence?
-- Without a date, as of the last night. The evidence is the statement that opened the spell.
with

asked as (

    select
        coalesce(
            cast(getvariable('as_of') as date),
            max(dump_date)
        ) as as_of,
    from marts.dim_extraction_runs

)

select
    timeline.holder_name,
    timeline.position,
    timeline.valid_from as since,
    left(said.content_text, 70) as evidence,
    said.attribution_chain,
from marts.stance_timeline as timeline
inner join asked
    on
        asked.as_of between timeline.valid_from
        and coalesce(timeline.valid_to, date '9999-12-31')
inner join marts.statement_provenance as said
    on timeline.first_statement_id = said.statement_id
where timeline.proposition_id = coalesce(getvariable('proposition'), 'arm_ukraine')
order by timeline.position, timeline.valid_from, timeline.holder_name
limit coalesce(getvariable('rows'), 20)
