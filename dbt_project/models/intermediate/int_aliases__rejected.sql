with

reviews as (

    select * from {{ ref('int_reviews__settled') }}
    where target_table = 'dim_actor_aliases' and decision = 'reject'

),

names as (

    select * from {{ ref('int_names__identified') }}

),

surfaces as (

    select * from {{ ref('int_surfaces__counted') }}

),

registry_names as (

    select * from {{ ref('int_registry_aliases__unioned') }}

),

merges as (

    select * from {{ ref('int_actor_merges__resolved') }}

),

aliases as (

    select
        entity_name as alias,
        actor_id,
        'full_name' as alias_type,
    from names

    union

    select
        surfaces.surface as alias,
        names.actor_id,
        {{ alias_type('surfaces.link_method') }} as alias_type,
    from surfaces
    inner join names on surfaces.name_id = names.name_id
    where exists (select 1 from reviews)

    union

    select
        alias,
        actor_id,
        alias_type,
    from registry_names

),

current_aliases as (

    select
        aliases.alias,
        aliases.alias_type,
        aliases.actor_id as former_actor_id,
        coalesce(merges.merged_into_actor_id, aliases.actor_id) as actor_id,
    from aliases
    left join merges on aliases.actor_id = merges.actor_id

),

-- A review goes on to hold when its actor becomes part of another.
rejected as (

    select
        reviews.target_id as actor_alias_id,
        current_aliases.*,
    from reviews
    inner join current_aliases
        on reviews.target_id in (
            {{ make_id(['current_aliases.alias', 'current_aliases.actor_id']) }},
            {{ make_id(['current_aliases.alias', 'current_aliases.former_actor_id']) }}
        )

),

final as (

    select
        alias,
        actor_id,
        {{ make_id(["'apart'", fold_name('alias'), 'actor_id']) }} as own_actor_id,
        min(actor_alias_id) as actor_alias_id,
        min(alias_type) as alias_type,
    from rejected
    group by alias, actor_id

)

select * from final
