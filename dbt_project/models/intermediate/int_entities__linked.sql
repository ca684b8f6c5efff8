with

entities as (

    select * from {{ ref('stg_raw__entities') }}

),

versions as (

    select * from {{ ref('int_article_deliveries__versioned') }}

),

countries as (

    select * from {{ ref('int_countries__aliased') }}

),

registry_names as (

    select * from {{ ref('int_registry_names__unioned') }}

),

outlet_names as (

    select * from {{ ref('int_outlet_names__resolved') }}
    where outlet_domain is null

),

placed as (

    select
        entities.article_version_id,
        entities.entity_number,
        entities.entity_name,
        entities.entity_type,
        {{ fold_name('entities.entity_name') }} as folded_name,
        coalesce(by_alias.country_code, by_name.country_code) as country_code,
    from entities
    inner join versions on entities.article_version_id = versions.article_version_id
    left join countries as by_alias on entities.country_text = by_alias.alias
    left join countries as by_name
        on entities.entity_type = 'government' and entities.entity_name = by_name.alias

),

name_countries as (

    select
        folded_name,
        entity_type,
        min(country_code) as country_code,
    from placed
    group by all
    having count(distinct country_code) = 1

),

completed as (

    select
        placed.* exclude (country_code),
        coalesce(placed.country_code, name_countries.country_code) as country_code,
    from placed
    left join name_countries
        on
            placed.folded_name = name_countries.folded_name
            and placed.entity_type = name_countries.entity_type

),

matched as (

    select
        completed.*,
        people.actor_id as person_actor_id,
        bodies.actor_id as body_actor_id,
        outlet_names.outlet_id,
    from completed
    left join registry_names as people
        on
            completed.entity_type = 'person'
            and people.name_kind = 'person'
            and completed.folded_name = people.folded_alias
            and coalesce(completed.country_code = people.country_code, true)
    left join registry_names as bodies
        on
            completed.entity_type not in ('person', 'government', 'outlet')
            and bodies.name_kind = 'body'
            and completed.folded_name = bodies.folded_alias
            and coalesce(completed.country_code = bodies.country_code, true)
    left join outlet_names
        on
            completed.entity_type = 'outlet'
            and completed.entity_name = outlet_names.outlet_name
    qualify row_number() over (
        partition by completed.article_version_id, completed.entity_number
        order by people.actor_id, bodies.actor_id, outlet_names.outlet_id
    ) = 1

),

final as (

    select
        article_version_id,
        entity_number,
        case
            when entity_type = 'government' and country_code is not null
                then {{ make_id(["'government'", 'country_code']) }}
            when entity_type = 'outlet' then outlet_id
            else coalesce(
                person_actor_id,
                body_actor_id,
                {{ make_id(['entity_type', 'folded_name', 'country_code']) }}
            )
        end as actor_id,
        entity_name,
        entity_type,
        country_code,
    from matched

)

select * from final
