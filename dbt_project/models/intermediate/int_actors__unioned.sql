with

registry as (

    select * from {{ ref('int_registry_actors__unioned') }}

),

linked as (

    select * from {{ ref('int_entities__linked') }}

),

outlets as (

    select * from {{ ref('int_outlets__unioned') }}

),

versions as (

    select * from {{ ref('int_article_deliveries__versioned') }}

),

seen as (

    select
        linked.actor_id,
        min(versions.article_date) as first_seen_on,
        max(versions.article_date) as last_seen_on,
    from linked
    inner join versions on linked.article_version_id = versions.article_version_id
    group by all

),

observed as (

    select
        linked.actor_id,
        min(linked.entity_name) as actor_name,
        min(linked.entity_type) as actor_type,
        min(linked.country_code) as country_code,
        case
            when min(linked.entity_type) in ('ministry', 'armed_force')
                and min(linked.country_code) is not null
                then {{ make_id(["'government'", 'min(linked.country_code)']) }}
        end as parent_actor_id,
        case min(linked.entity_type)
            when 'ministry' then 'GOV'
            when 'government' then 'GOV'
            when 'armed_force' then 'MIL'
            when 'outlet' then 'JRN'
            when 'international_organisation' then 'IGO'
        end as sector_code,
        'observed' as origin,
    from linked
    left join registry on linked.actor_id = registry.actor_id
    where registry.actor_id is null
    group by linked.actor_id

),

united as (

    select
        *,
        'registry' as origin,
    from registry

    union all

    select * from observed

),

final as (

    select
        united.actor_id,
        coalesce(outlets.outlet_name, united.actor_name) as actor_name,
        united.actor_type,
        united.country_code,
        united.parent_actor_id,
        united.sector_code,
        united.origin,
        seen.first_seen_on,
        seen.last_seen_on,
    from united
    left join outlets on united.actor_id = outlets.outlet_id
    left join seen on united.actor_id = seen.actor_id

)

select * from final
