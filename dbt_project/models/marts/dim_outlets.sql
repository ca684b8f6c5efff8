with

outlets as (

    select * from {{ ref('int_outlets__unioned') }}

),

final as (

    select
        outlet_id,
        outlet_name,
        domain,
        outlet_type,
        country_code,
        origin,
        is_wire,
    from outlets

)

select * from final
