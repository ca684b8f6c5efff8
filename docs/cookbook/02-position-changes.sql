-- Which positions changed, from what to what, and which statement marks the change?
select
    changes.changed_on,
    changes.holder_name,
    changes.proposition_id,
    changes.from_position || ' -> ' || changes.to_position as change,
    left(changes.evidence_text, 90) as evidence,
    said.outlet_name,
from marts.stance_changes as changes
inner join marts.statement_provenance as said
    on changes.deciding_statement_id = said.statement_id
order by changes.changed_on, changes.holder_name, changes.proposition_id
limit 20
