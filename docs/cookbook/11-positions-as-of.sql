-- Where did all sides stand on arming Ukraine as of a date, and on what evidence?
-- Change the date and the proposition. The evidence is the statement that opened the spell.
select
    timeline.holder_name,
    timeline.position,
    timeline.valid_from as since,
    left(said.content_text, 70) as evidence,
    said.attribution_chain,
from marts.stance_timeline as timeline
inner join marts.statement_provenance as said
    on timeline.first_statement_id = said.statement_id
where
    timeline.proposition_id = 'arm_ukraine'
    and date '2026-03-08' between timeline.valid_from
    and coalesce(timeline.valid_to, date '9999-12-31')
order by timeline.position, timeline.valid_from, timeline.holder_name
limit 20
