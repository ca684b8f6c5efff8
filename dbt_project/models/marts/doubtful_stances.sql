with

stances as (

    select * from {{ ref('int_stances__held') }}

),

propositions as (

    select * from {{ ref('propositions') }}

),

final as (

    select
        stances.stance_id,
        stances.statement_id,
        stances.article_version_id,
        stances.holder_actor_id,
        stances.on_behalf_of_actor_id,
        stances.proposition_id,
        stances.position,
        stances.expression,
        stances.condition_text,
        stances.evidence_text,
        stances.review_status,
        stances.codebook_version,
        stances.position_score,
        stances.char_start,
        stances.char_end,
        stances.confidence,
        stances.is_current,
        stances.held_from,
    from stances
    inner join propositions on stances.proposition_id = propositions.proposition_id
    where stances.confidence < {{ var('minimum_stance_confidence') }}

)

select * from final
