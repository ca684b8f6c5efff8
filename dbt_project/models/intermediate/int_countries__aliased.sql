with

states as (

    select * from {{ ref('states') }}

),

aliases as (

    select * from {{ ref('country_aliases') }}

),

final as (

    select
        aliases.alias,
        states.country_code,
        states.country_name,
        states.government_name,
        aliases.alias_type,
    from aliases
    inner join states on aliases.country_code = states.country_code

)

select * from final
