with

-- Which names each table is asked for stands in columns, since a join by a condition on one side
-- alone would try all pairs.
names as (

    select
        *,
        case when entity_type = 'person' then entity_name end as person_name,
        case when entity_type not in ('person', 'government', 'outlet') then entity_name end
            as body_name,
        case when entity_type = 'outlet' then entity_name end as outlet_name,
    from {{ ref('int_names__counted') }}

),

person_names as (

    select * from {{ ref('int_person_names__linked') }}

),

body_names as (

    select * from {{ ref('int_body_names__linked') }}

),

outlet_names as (

    select * from {{ ref('int_outlet_names__resolved') }}
    where outlet_domain is null

),

final as (

    select
        names.name_id,
        case
            when names.entity_type = 'government' and names.country_code is not null
                then {{ make_id(["'government'", 'names.country_code']) }}
            when names.entity_type = 'government'
                then {{ make_id(["'government'", 'names.folded_name', "''"]) }}
            when names.entity_type = 'person' then person_names.actor_id
            when names.entity_type = 'outlet' then outlet_names.outlet_id
            else body_names.actor_id
        end as actor_id,
        names.entity_name,
        names.entity_type,
        body_names.ministry_name,
        coalesce(person_names.linked_by, body_names.linked_by, 'name') as linked_by,
        coalesce(person_names.country_code, body_names.country_code, names.country_code)
            as country_code,
    from names
    left join person_names
        on
            names.person_name = person_names.entity_name
            and names.country_code is not distinct from person_names.given_country_code
    left join body_names
        on
            names.body_name = body_names.entity_name
            and names.country_code is not distinct from body_names.given_country_code
    left join outlet_names on names.outlet_name = outlet_names.outlet_name

)

select * from final
