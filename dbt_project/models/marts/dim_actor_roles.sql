with

roles as (

    select * from {{ ref('int_roles__spelled') }}

),

final as (

    select
        actor_role_id,
        actor_id,
        organisation_actor_id,
        represents_actor_id,
        first_evidence_id,
        last_evidence_id,
        role_title,
        sector_code,
        valid_precision,
        origin,
        review_status,
        evidence_count,
        valid_from,
        valid_to,
    from roles

)

select * from final
