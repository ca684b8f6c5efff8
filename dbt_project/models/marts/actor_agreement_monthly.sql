with

voices as (

    select
        *,
        {{ is_touched_now('int_voices__touched', 'actor_id') }} as is_touched,
    from {{ ref('int_voices__counted') }}
    {{ where_touched('int_voices__touched', ['month_start']) }}

),

actors as (

    select * from {{ ref('dim_actors') }}

),

propositions as (

    select * from {{ ref('dim_propositions') }}

),

-- Before they are paired: there are thousands of voices in a month, and millions of pairs.
named as (

    select
        voices.*,
        actors.actor_name,
        propositions.proposition_text,
    from voices
    inner join actors on voices.actor_id = actors.actor_id
    inner join propositions on voices.proposition_id = propositions.proposition_id
    -- Pairs then lie by month, and a night reads little of them; and by proposition, which packs them
    -- closer, since few names stand side by side.
    order by voices.month_start, voices.proposition_id, voices.actor_id

),

pairs as (

    select
        one.actor_id,
        other.actor_id as other_actor_id,
        one.proposition_id,
        one.actor_name,
        other.actor_name as other_actor_name,
        one.proposition_text,
        least(one.support_count, other.support_count)
        + least(one.oppose_count, other.oppose_count) as agreement_count,
        least(one.support_count, other.oppose_count)
        + least(one.oppose_count, other.support_count) as conflict_count,
        one.month_start,
    from named as one
    inner join named as other
        on
            one.proposition_id = other.proposition_id
            and one.month_start = other.month_start
            and one.actor_id < other.actor_id
            and (one.is_touched or other.is_touched)

),

final as (

    select * from pairs
    where agreement_count + conflict_count > 0

)

select * from final
