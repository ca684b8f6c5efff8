-- What does one side say about another's position, against that side's own words?
-- A position that somebody else imputes never enters the timeline. Own words are what the side
-- itself or a holder of one of its offices said.
with

positions as (

    select
        sides.actor_name as side,
        stances.proposition_id,
        stances.statement_id,
        stances.position,
        stances.expression = 'imputed' as is_imputed,
    from marts.fct_stances as stances
    inner join marts.dim_actors as sides
        on
            stances.holder_actor_id = sides.actor_id
            or (
                stances.on_behalf_of_actor_id = sides.actor_id
                and stances.expression in ('self', 'reported')
            )
    where
        sides.actor_name = coalesce(getvariable('actor'), 'Government of Russia')
        and stances.proposition_id
        = coalesce(getvariable('proposition'), stances.proposition_id)
        and stances.review_status <> 'rejected'

)

select
    positions.side,
    propositions.proposition_text as proposition,
    case when positions.is_imputed then 'imputed' else 'own words' end as kind,
    said.speaker_name,
    positions.position,
    left(said.content_text, 80) as words,
from positions
inner join marts.statement_provenance as said
    on positions.statement_id = said.statement_id
inner join marts.dim_propositions as propositions
    on positions.proposition_id = propositions.proposition_id
where
    positions.proposition_id in (
        select imputed.proposition_id
        from positions as imputed
        where imputed.is_imputed
    )
order by proposition, kind, said.speaker_name, words
limit coalesce(getvariable('rows'), 20)
