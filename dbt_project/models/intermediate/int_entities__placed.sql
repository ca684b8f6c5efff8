with

entities as (

    select
        *,
        case when entity_type = 'government' then entity_name end as government_name,
        case when entity_type = 'ministry' then entity_name end as ministry_name,
    from {{ ref('stg_raw__entities') }}
    {{ where_touched('int_versions__loaded') }}

),

versions as (

    select * from {{ ref('int_article_deliveries__versioned') }}
    {{ where_touched('int_versions__loaded') }}

),

countries as (

    select * from {{ ref('int_countries__aliased') }}

),

ministry_names as (

    select distinct
        entity_name,
        ' ' || regexp_replace(entity_name, '[’'']s?( |$)', ' ', 'g') || ' ' as spaced_name,
    from entities
    where entity_type = 'ministry'

),

-- A ministry's name may say its country by itself: "Russia's Ministry of Defence".
ministry_countries as (

    select
        ministry_names.entity_name,
        min(countries.country_code) as country_code,
    from ministry_names
    inner join countries
        on contains(ministry_names.spaced_name, ' ' || countries.alias || ' ')
    group by ministry_names.entity_name
    having count(distinct countries.country_code) = 1

),

placed as (

    select
        entities.article_version_id,
        entities.entity_number,
        entities.entity_name,
        entities.entity_type,
        coalesce(
            by_alias.country_code, by_name.country_code, ministry_countries.country_code
        ) as country_code,
        entities.dump_date,
        versions.article_date,
    from entities
    inner join versions on entities.article_version_id = versions.article_version_id
    left join countries as by_alias on entities.country_text = by_alias.alias
    left join countries as by_name on entities.government_name = by_name.alias
    left join ministry_countries on entities.ministry_name = ministry_countries.entity_name

),

final as (

    select
        *,
        {{ make_id(["'name'", 'entity_name', 'entity_type', 'country_code']) }} as name_id,
    from placed

)

select * from final
order by dump_date
