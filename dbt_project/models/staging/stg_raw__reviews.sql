with

source as (

    select * from {{ source('raw', 'reviews') }}

),

final as (

    select
        review_id,
        target_table,
        target_id,
        decision,
        reviewer,
        reviewed_at,
        note,
        value,
    from source

)

select * from final
