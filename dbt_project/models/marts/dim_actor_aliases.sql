with

actors as (

    select * from {{ ref('int_actors__unioned') }}

),

registry_aliases as (

    select * from {{ ref('int_registry_aliases__unioned') }}

),

merges as (

    select * from {{ ref('int_actor_merges__resolved') }}

),

surfaces as (

    select * from {{ ref('int_surfaces__counted') }}

),

names as (

    select * from {{ ref('int_names__linked') }}

),

rejected as (

    select * from {{ ref('int_aliases__rejected') }}

),

known as (

    select
        registry_aliases.alias,
        coalesce(merges.merged_into_actor_id, registry_aliases.actor_id) as actor_id,
        registry_aliases.alias_type,
        'registry' as origin,
    from registry_aliases
    left join merges on registry_aliases.actor_id = merges.actor_id

    union all

    select
        actor_name as alias,
        actor_id,
        'full_name' as alias_type,
        'observed' as origin,
    from actors

    union all

    select
        alias,
        actor_id,
        alias_type,
        'observed' as origin,
    from rejected

),

named as (

    select
        alias,
        actor_id,
        arg_min(alias_type, (origin <> 'registry', alias_type)) as alias_type,
        max(origin) as origin,
    from known
    group by alias, actor_id

),

linked as (

    select
        surfaces.surface as alias,
        names.actor_id,
        case
            when surfaces.link_method in ('full_name', 'surname')
                and names.linked_by = 'transliteration' then 'transliteration'
            else {{ alias_type('surfaces.link_method') }}
        end as alias_type,
        surfaces.link_confidence * {{ name_confidence('names.linked_by') }} as link_confidence,
        surfaces.mention_count,
        surfaces.first_seen_on,
        surfaces.last_seen_on,
    from surfaces
    inner join names on surfaces.name_id = names.name_id

),

seen as (

    select
        linked.alias,
        linked.actor_id,
        arg_max(linked.alias_type, (linked.link_confidence, linked.alias_type)) as alias_type,
        min(linked.first_seen_on) as first_seen_on,
        max(linked.last_seen_on) as last_seen_on,
        cast(sum(linked.mention_count) as bigint) as mention_count,
    from linked
    anti join rejected
        on linked.alias = rejected.alias and linked.actor_id = rejected.actor_id
    group by linked.alias, linked.actor_id

),

final as (

    select
        {{ make_id(['coalesce(named.alias, seen.alias)', 'coalesce(named.actor_id, seen.actor_id)']) }}
            as actor_alias_id,
        coalesce(named.actor_id, seen.actor_id) as actor_id,
        coalesce(named.alias, seen.alias) as alias,
        coalesce(named.alias_type, seen.alias_type) as alias_type,
        coalesce(named.origin, 'observed') as origin,
        case when rejected.alias is null then 'unreviewed' else 'rejected' end as review_status,
        coalesce(seen.mention_count, 0) as mention_count,
        seen.first_seen_on as valid_from,
        seen.last_seen_on as valid_to,
    from named
    full join seen on named.alias = seen.alias and named.actor_id = seen.actor_id
    inner join actors on coalesce(named.actor_id, seen.actor_id) = actors.actor_id
    left join rejected
        on
            coalesce(named.alias, seen.alias) = rejected.alias
            and coalesce(named.actor_id, seen.actor_id) = rejected.actor_id

)

select * from final
