with

registry as (

    select * from {{ ref('outlets') }}

),

resolved as (

    select * from {{ ref('int_outlet_names__resolved') }}

),

known as (

    select
        {{ make_id(["'outlet'", 'domain']) }} as outlet_id,
        outlet_name,
        domain,
        outlet_type,
        country_code,
        'registry' as origin,
        is_wire,
    from registry

),

observed as (

    select
        outlet_id,
        coalesce(min(outlet_name), outlet_key) as outlet_name,
        min(known_domain) as domain,
        'unknown' as outlet_type,
        cast(null as varchar) as country_code,
        'observed' as origin,
        false as is_wire,
    from resolved
    -- A name may lead to an outlet of the registry by the domain that it is seen with elsewhere.
    anti join registry on resolved.outlet_key = registry.domain
    group by outlet_id, outlet_key

),

final as (

    select * from known
    union all
    select * from observed

)

select * from final
