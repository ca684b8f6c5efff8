-- What does one side say about another's position, against that side's own words?
-- A position that somebody else imputes never enters the timeline. Own words are what the side
-- itself or a holder of one of its offices said.
with

sides as (

    select
        actor_id,
        actor_name,
    from marts.dim_actors
    where actor_name = coalesce(getvariable('actor'), 'Government of Russia')

),

spoken as (

    select
        stances.proposition_id,
        stances.expression,
        stances.position,
        said.speaker_name,
        said.content_text,
        stances.holder_actor_id,
        coalesce(
            stances.on_behalf_of_actor_id,
            roles.represents_actor_id
        ) as for_actor_id,
    from marts.fct_stances as stances
    inner join marts.statement_provenance as said
        on stances.statement_id = said.statement_id
    inner join marts.fct_statements as statements
        on said.statement_id = statements.statement_id
    left join marts.dim_actor_roles as roles
        on statements.speaker_role_id = roles.actor_role_id
    where stances.review_status <> 'rejected'

)

select
    sides.actor_name as side,
    propositions.proposition_text as proposition,
    case when spoken.expression = 'imputed' then 'imputed' else 'own words' end as kind,
    spoken.speaker_name,
    spoken.position,
    left(spoken.content_text, 80) as words,
from sides
inner join spoken
    on
        sides.actor_id = spoken.holder_actor_id
        or (
            sides.actor_id = spoken.for_actor_id
            and spoken.expression in ('self', 'reported')
        )
inner join marts.dim_propositions as propositions
    on spoken.proposition_id = propositions.proposition_id
where
    spoken.proposition_id = coalesce(getvariable('proposition'), spoken.proposition_id)
    and spoken.proposition_id in (
        select imputed.proposition_id
        from spoken as imputed
        where
            imputed.expression = 'imputed'
            and imputed.holder_actor_id = sides.actor_id
    )
order by proposition, kind, spoken.speaker_name, words
limit coalesce(getvariable('rows'), 20)
