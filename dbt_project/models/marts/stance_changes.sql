with

timeline as (

    select * from {{ ref('stance_timeline') }}

),

stances as (

    select * from {{ ref('fct_stances') }}

),

final as (

    select
        timeline.holder_actor_id,
        timeline.proposition_id,
        timeline.first_statement_id as deciding_statement_id,
        timeline.holder_name,
        timeline.proposition_text,
        timeline.previous_position as from_position,
        timeline.position as to_position,
        min(stances.evidence_text) as evidence_text,
        timeline.valid_from as changed_on,
    from timeline
    inner join stances
        on
            timeline.first_statement_id = stances.statement_id
            and timeline.proposition_id = stances.proposition_id
            and timeline.holder_actor_id
            in (stances.holder_actor_id, stances.on_behalf_of_actor_id)
            and stances.expression in ('self', 'reported')
            and stances.review_status <> 'rejected'
    where timeline.previous_position is not null
    group by all

)

select * from final
