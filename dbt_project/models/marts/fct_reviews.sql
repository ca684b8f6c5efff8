with

reviews as (

    select * from {{ ref('stg_raw__reviews') }}

),

final as (

    select
        review_id,
        target_id,
        target_table,
        decision,
        value,
        reviewer,
        note,
        reviewed_at,
    from reviews

)

select * from final
