with

names as (

    select * from {{ ref('int_names__identified') }}

),

merges as (

    select * from {{ ref('int_actor_merges__resolved') }}

),

rejected as (

    select * from {{ ref('int_aliases__rejected') }}

),

named as (

    select
        names.* exclude (actor_id),
        coalesce(rejected.own_actor_id, names.actor_id) as named_actor_id,
    from names
    left join merges on names.actor_id = merges.actor_id
    left join rejected
        on
            names.entity_name = rejected.alias
            and coalesce(merges.merged_into_actor_id, names.actor_id) = rejected.actor_id

),

final as (

    select
        named.name_id,
        coalesce(merges.merged_into_actor_id, named.named_actor_id) as actor_id,
        named.named_actor_id,
        named.entity_name,
        named.entity_type,
        named.ministry_name,
        named.linked_by,
        named.country_code,
    from named
    left join merges on named.named_actor_id = merges.actor_id

)

select * from final
