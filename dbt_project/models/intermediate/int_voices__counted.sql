with

stances as (

    select * from {{ ref('int_stances__counted') }}

),

counted as (

    select
        holder_actor_id as actor_id,
        proposition_id,
        cast(date_trunc('month', held_from) as date) as month_start,
        count(*) filter (where position_score > 0) as support_count,
        count(*) filter (where position_score < 0) as oppose_count,
    from stances
    where is_first_report
    group by all

),

final as (

    select
        {{ join_key(['actor_id', 'month_start', 'proposition_id']) }} as voice_key,
        actor_id,
        proposition_id,
        support_count,
        oppose_count,
        month_start,
    from counted

)

select * from final
