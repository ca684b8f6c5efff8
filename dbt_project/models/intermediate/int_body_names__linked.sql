with

counted as (

    select * from {{ ref('int_names__counted') }}
    where entity_type not in ('person', 'government', 'outlet')

),

registry_names as (

    select * from {{ ref('int_registry_names__unioned') }}
    where name_kind = 'body'

),

registry_actors as (

    select * from {{ ref('int_registry_actors__unioned') }}

),

ministry_names as (

    select * from {{ ref('int_ministry_names__keyed') }}

),

states as (

    select * from {{ ref('states') }}

),

names as (

    select distinct
        entity_name,
        folded_name,
        country_code as given_country_code,
        case
            when bool_or(entity_type = 'ministry') over (partition by folded_name) then folded_name
        end as folded_ministry,
    from counted

),

-- A body that is named without a country is the one that bears the name in the only known country.
placed as (

    select
        *,
        coalesce(
            given_country_code,
            case
                when min(given_country_code) over same_name = max(given_country_code) over same_name
                    then min(given_country_code) over same_name
            end
        ) as country_code,
    from names
    window same_name as (partition by folded_name)

),

registry_portfolios as (

    select
        registry_actors.country_code,
        ministry_names.portfolio,
        min(registry_actors.actor_id) as actor_id,
    from registry_actors
    inner join registry_names on registry_actors.actor_id = registry_names.actor_id
    inner join ministry_names
        on
            registry_actors.country_code = ministry_names.country_code
            and registry_names.folded_alias = ministry_names.folded_name
    where registry_actors.actor_type = 'ministry'
    group by all
    having count(distinct registry_actors.actor_id) = 1

),

matched as (

    select
        placed.*,
        case
            when coalesce(placed.country_code = by_name.country_code, true) then by_name.actor_id
        end as name_actor_id,
        by_portfolio.actor_id as portfolio_actor_id,
        ministry_names.portfolio,
        replace(
            states.government_name,
            'Government of',
            'Ministry of ' || {{ title_case('ministry_names.portfolio') }} || ' of'
        ) as ministry_name,
    from placed
    left join registry_names as by_name on placed.folded_name = by_name.folded_alias
    left join ministry_names
        on
            placed.folded_ministry = ministry_names.folded_name
            and placed.country_code = ministry_names.country_code
    left join registry_portfolios as by_portfolio
        on
            ministry_names.portfolio = by_portfolio.portfolio
            and ministry_names.country_code = by_portfolio.country_code
    left join states on ministry_names.country_code = states.country_code
    qualify row_number() over (
        partition by placed.entity_name, placed.given_country_code
        order by name_actor_id, by_portfolio.actor_id
    ) = 1

),

final as (

    select
        coalesce(
            name_actor_id,
            portfolio_actor_id,
            case
                when portfolio is not null
                    then {{ make_id(["'ministry'", 'portfolio', 'country_code']) }}
            end,
            {{ make_id([
                "'body'",
                'folded_name',
                'case when min(country_code) over same_name is distinct from max(country_code) over same_name then country_code end'
            ]) }}
        ) as actor_id,
        entity_name,
        case
            when name_actor_id is null and portfolio_actor_id is null then ministry_name
        end as ministry_name,
        case
            when name_actor_id is not null then 'name'
            when portfolio is not null and folded_name is distinct from {{ fold_name('ministry_name') }}
                then 'portfolio'
            else 'name'
        end as linked_by,
        given_country_code,
        country_code,
    from matched
    window same_name as (partition by folded_name)

)

select * from final
