with

reviews as (

    select * from {{ ref('stg_raw__reviews') }}

),

-- An actor can be renamed and have become part of another; elsewhere the last word counts.
final as (

    select
        target_id,
        target_table,
        decision,
        value,
        reviewer,
    from reviews
    qualify row_number() over (
        partition by
            target_table, target_id, case when target_table = 'dim_actors' then decision end
        order by reviewed_at desc, review_id
    ) = 1

)

select * from final
