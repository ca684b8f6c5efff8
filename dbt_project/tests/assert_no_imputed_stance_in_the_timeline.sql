-- What a rival says that somebody wants is not that somebody's position.
select
    timeline.holder_actor_id,
    timeline.proposition_id,
    timeline.valid_from,
from {{ ref('stance_timeline') }} as timeline
where not exists (
    select 1
    from {{ ref('fct_stances') }} as stances
    where
        stances.statement_id = timeline.first_statement_id
        and stances.proposition_id = timeline.proposition_id
        and stances.expression in ('self', 'reported')
        and timeline.holder_actor_id in (
            stances.holder_actor_id, stances.on_behalf_of_actor_id
        )
)
