with

loaded as (

    select * from {{ ref('int_versions__loaded') }}

),

deliveries as (

    select * from {{ ref('int_article_deliveries__versioned') }}

),

outlet_names as (

    select * from {{ ref('int_outlet_names__resolved') }}

),

touched_keys as (

    select * from {{ ref('stg_raw__touched_keys') }}

),

touched_outlets as (

    select key as touched_id
    from touched_keys
    where noted_by in {{ noted_by('int_outlet_names__resolved', 'int_outlets__unioned') }}

),

touched_outlet_names as (

    select
        outlet_names.outlet_name,
        outlet_names.outlet_domain,
    from outlet_names
    where
        outlet_name_id in (select touched_id from touched_outlets)
        or outlet_id in (select touched_id from touched_outlets)

),

final as (

    select article_id
    from loaded

    union

    select deliveries.article_id
    from deliveries
    semi join touched_outlet_names
        on
            deliveries.outlet_name is not distinct from touched_outlet_names.outlet_name
            and deliveries.outlet_domain is not distinct from touched_outlet_names.outlet_domain

)

select * from final
