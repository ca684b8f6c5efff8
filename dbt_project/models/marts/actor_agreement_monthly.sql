with

voices as (

    select * from {{ ref('int_voices__counted') }}
    {{ where_touched('int_months__touched', ['month_start']) }}

),

actors as (

    select * from {{ ref('dim_actors') }}

),

propositions as (

    select * from {{ ref('dim_propositions') }}

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
