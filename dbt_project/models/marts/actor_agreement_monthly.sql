with

stances as (

    select * from {{ ref('int_stances__counted') }}

),

voices as (

    select
        holder_actor_id as actor_id,
        proposition_id,
        cast(date_trunc('month', held_from) as date) as month_start,
        count(distinct statement_cluster_id) filter (where position_score > 0) as support_count,
        count(distinct statement_cluster_id) filter (where position_score < 0) as oppose_count,
    from stances
    where is_first_report
    group by all

),

pairs as (

    select
        one.actor_id,
        other.actor_id as other_actor_id,
        one.proposition_id,
        one.month_start,
        least(one.support_count, other.support_count)
        + least(one.oppose_count, other.oppose_count) as agreement_count,
        least(one.support_count, other.oppose_count)
        + least(one.oppose_count, other.support_count) as conflict_count,
    from voices as one
    inner join voices as other
        on
            one.proposition_id = other.proposition_id
            and one.month_start = other.month_start
            and one.actor_id < other.actor_id

),

final as (

    select
        actor_id,
        other_actor_id,
        proposition_id,
        agreement_count,
        conflict_count,
        month_start,
    from pairs
    where agreement_count + conflict_count > 0

)

select * from final
