-- Which positions changed, from what to what, and which statement marks the change?
select
    changes.changed_on,
    changes.holder_name,
    propositions.proposition_text as proposition,
    changes.from_position || ' -> ' || changes.to_position as change,
    left(changes.evidence_text, 90) as evidence,
    said.outlet_name,
from marts.stance_changes as changes
inner join marts.dim_propositions as propositions
    on changes.proposition_id = propositions.proposition_id
inner join marts.statement_provenance as said
    on changes.deciding_statement_id = said.statement_id
where
    changes.holder_name = coalesce(getvariable('actor'), changes.holder_name)
    and changes.proposition_id = coalesce(getvariable('proposition'), changes.proposition_id)
    and changes.changed_on >= coalesce(getvariable('from'), changes.changed_on)
    and changes.changed_on <= coalesce(getvariable('to'), changes.changed_on)
order by changes.changed_on, changes.holder_name, propositions.proposition_text
limit coalesce(getvariable('rows'), 20)
