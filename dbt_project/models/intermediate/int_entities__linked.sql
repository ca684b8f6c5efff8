with

entities as (

    select * from {{ ref('int_entities__identified') }}

),

merges as (

    select * from {{ ref('int_actor_merges__resolved') }}

),

rejected as (

    select * from {{ ref('int_aliases__rejected') }}

),

named as (

    select
        entities.* exclude (actor_id),
        coalesce(rejected.own_actor_id, entities.actor_id) as named_actor_id,
    from entities
    left join merges on entities.actor_id = merges.actor_id
    left join rejected
        on
            entities.entity_name = rejected.alias
            and coalesce(merges.merged_into_actor_id, entities.actor_id) = rejected.actor_id

),

final as (

    select
        named.article_version_id,
        named.entity_number,
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
