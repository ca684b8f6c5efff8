with

ministry_names as (

    select * from {{ ref('int_names__counted') }}
    where entity_type = 'ministry' and country_code is not null

),

registry_names as (

    select * from {{ ref('int_registry_names__unioned') }}

),

ministries as (

    select * from {{ ref('int_registry_actors__unioned') }}
    where actor_type = 'ministry'

),

countries as (

    select * from {{ ref('int_countries__aliased') }}

),

names as (

    select
        country_code,
        folded_name,
    from ministry_names

    union

    select
        ministries.country_code,
        registry_names.folded_alias as folded_name,
    from ministries
    inner join registry_names on ministries.actor_id = registry_names.actor_id

),

spaced as (

    select
        *,
        ' ' || regexp_replace(folded_name, '[’'']s?( |$)', ' ', 'g') || ' ' as spaced_name,
    from names

),

without_country as (

    select
        spaced.country_code,
        spaced.folded_name,
        case
            when contains(spaced.spaced_name, ' ' || lower(countries.alias) || ' ')
                then ' ' || lower(countries.alias) || ' '
        end as named_country,
        replace(spaced.spaced_name, coalesce(named_country, ''), ' ') as subject,
    from spaced
    left join countries on spaced.country_code = countries.country_code
    qualify row_number() over (
        partition by spaced.country_code, spaced.folded_name
        order by length(named_country) desc nulls last, named_country
    ) = 1

),

final as (

    select
        country_code,
        folded_name,
        {{ portfolio('subject') }} as portfolio,
    from without_country

)

select * from final
