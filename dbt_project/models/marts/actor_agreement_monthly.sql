with

stances as (

    select * from {{ ref('int_stances__counted') }}

),

actors as (

    select * from {{ ref('dim_actors') }}

),

propositions as (

    select * from {{ ref('dim_propositions') }}

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
        pairs.actor_id,
        pairs.other_actor_id,
        pairs.proposition_id,
        actors.actor_name,
        others.actor_name as other_actor_name,
        propositions.proposition_text,
        pairs.agreement_count,
        pairs.conflict_count,
        pairs.month_start,
    from pairs
    inner join actors on pairs.actor_id = actors.actor_id
    inner join actors as others on pairs.other_actor_id = others.actor_id
    inner join propositions on pairs.proposition_id = propositions.proposition_id
    where pairs.agreement_count + pairs.conflict_count > 0

)

select * from final
