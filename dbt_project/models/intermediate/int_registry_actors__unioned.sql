with

states as (

    select * from {{ ref('states') }}

),

organisations as (

    select * from {{ ref('organisations') }}

),

office_holders as (

    select * from {{ ref('office_holders') }}

),

outlets as (

    select * from {{ ref('outlets') }}

),

governments as (

    select
        {{ make_id(["'government'", 'country_code']) }} as actor_id,
        government_name as actor_name,
        'government' as actor_type,
        country_code,
        cast(null as varchar) as parent_actor_id,
        'GOV' as sector_code,
    from states

),

bodies as (

    select
        {{ make_id(["'body'", fold_name('actor_name')]) }} as actor_id,
        actor_name,
        actor_type,
        country_code,
        case
            when actor_type in ('ministry', 'armed_force') and sector_code in ('GOV', 'MIL')
                then {{ make_id(["'government'", 'country_code']) }}
        end as parent_actor_id,
        sector_code,
    from organisations

),

people as (

    select
        {{ make_id(["'person'", fold_name('actor_name')]) }} as actor_id,
        actor_name,
        'person' as actor_type,
        arg_max(country_code, valid_from) as country_code,
        cast(null as varchar) as parent_actor_id,
        arg_max(sector_code, valid_from) as sector_code,
    from office_holders
    group by actor_name

),

media as (

    select
        {{ make_id(["'outlet'", 'domain']) }} as actor_id,
        outlet_name as actor_name,
        'outlet' as actor_type,
        country_code,
        cast(null as varchar) as parent_actor_id,
        'JRN' as sector_code,
    from outlets

),

final as (

    select * from governments
    union all
    select * from bodies
    union all
    select * from people
    union all
    select * from media

)

select * from final
