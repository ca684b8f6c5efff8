with

articles as (

    select * from {{ ref('stg_raw__articles') }}

),

names as (

    select * from {{ ref('int_names__counted') }}
    where entity_type = 'outlet'

),

registry as (

    select * from {{ ref('outlets') }}

),

aliases as (

    select * from {{ ref('int_outlet_aliases__unioned') }}

),

named as (

    select distinct
        outlet_name,
        outlet_domain,
    from articles
    where outlet_name is not null or outlet_domain is not null

    union

    select distinct
        entity_name as outlet_name,
        cast(null as varchar) as outlet_domain,
    from names

),

by_registry as (

    select
        named.outlet_name,
        named.outlet_domain,
        coalesce(by_domain.domain, by_name.domain) as registry_domain,
    from named
    left join registry as by_domain
        on
            named.outlet_domain = by_domain.domain
            or ends_with(named.outlet_domain, '.' || by_domain.domain)
    left join aliases as by_name
        on {{ fold_name('named.outlet_name') }} = by_name.folded_alias
    qualify row_number() over (
        partition by named.outlet_name, named.outlet_domain
        order by length(by_domain.domain) desc nulls last, by_domain.domain
    ) = 1

),

observed_domains as (

    select
        {{ fold_name('outlet_name') }} as folded_name,
        min(outlet_domain) as outlet_domain,
    from named
    where outlet_name is not null and outlet_domain is not null
    group by all
    having count(distinct outlet_domain) = 1

),

keyed as (

    select
        by_registry.*,
        coalesce(
            by_registry.registry_domain,
            by_registry.outlet_domain,
            observed_domains.outlet_domain,
            {{ fold_name('by_registry.outlet_name') }}
        ) as outlet_key,
        coalesce(by_registry.outlet_domain, observed_domains.outlet_domain) as known_domain,
    from by_registry
    left join observed_domains
        on {{ fold_name('by_registry.outlet_name') }} = observed_domains.folded_name

),

final as (

    select
        {{ make_id(["'outlet'", 'outlet_key']) }} as outlet_id,
        outlet_key,
        outlet_name,
        outlet_domain,
        registry_domain,
        known_domain,
        {{ make_id(["'outlet name'", 'outlet_name', 'outlet_domain']) }} as outlet_name_id,
    from keyed

)

select * from final
