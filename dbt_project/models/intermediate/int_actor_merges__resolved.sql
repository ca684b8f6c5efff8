with recursive

merges as (

    select
        target_id as actor_id,
        value as next_actor_id,
    from {{ ref('int_reviews__settled') }}
    where target_table = 'dim_actors' and decision = 'merge'

),

chains as (

    select
        actor_id,
        next_actor_id as merged_into_actor_id,
        [actor_id, next_actor_id] as path,
    from merges

    union all

    select
        chains.actor_id,
        merges.next_actor_id as merged_into_actor_id,
        list_append(chains.path, merges.next_actor_id) as path,
    from chains
    inner join merges on chains.merged_into_actor_id = merges.actor_id
    where not list_contains(chains.path, merges.next_actor_id)

),

final as (

    select
        actor_id,
        arg_max(merged_into_actor_id, len(path)) as merged_into_actor_id,
    from chains
    group by actor_id

)

select * from final
