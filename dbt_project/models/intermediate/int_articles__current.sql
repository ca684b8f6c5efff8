with

versions as (

    select * from {{ ref('int_article_deliveries__versioned') }}
    {{ where_touched('int_articles__touched', ['article_id']) }}

),

outlet_names as (

    select * from {{ ref('int_outlet_names__resolved') }}

),

outlets as (

    select * from {{ ref('int_outlets__unioned') }}

),

final as (

    select
        versions.* exclude (next_dump_date, version_number),
        outlet_names.outlet_id,
        coalesce(outlets.is_wire, false) as is_wire,
    from versions
    left join outlet_names
        on
            versions.outlet_name is not distinct from outlet_names.outlet_name
            and versions.outlet_domain is not distinct from outlet_names.outlet_domain
    left join outlets on outlet_names.outlet_id = outlets.outlet_id
    where versions.is_current

)

select * from final
