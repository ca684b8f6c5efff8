with

entities as (

    select * from {{ ref('int_entities__placed') }}

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
        entities.article_version_id,
        entities.entity_number,
        case
            when entities.entity_type = 'government' and entities.country_code is not null
                then {{ make_id(["'government'", 'entities.country_code']) }}
            when entities.entity_type = 'government'
                then {{ make_id(["'government'", 'entities.folded_name', "''"]) }}
            when entities.entity_type = 'person' then person_names.actor_id
            when entities.entity_type = 'outlet' then outlet_names.outlet_id
            else body_names.actor_id
        end as actor_id,
        entities.entity_name,
        entities.entity_type,
        body_names.ministry_name,
        coalesce(person_names.linked_by, body_names.linked_by, 'name') as linked_by,
        coalesce(person_names.country_code, body_names.country_code, entities.country_code)
            as country_code,
    from entities
    left join person_names
        on
            entities.entity_type = 'person'
            and entities.entity_name = person_names.entity_name
            and entities.country_code is not distinct from person_names.given_country_code
    left join body_names
        on
            entities.entity_type not in ('person', 'government', 'outlet')
            and entities.entity_name = body_names.entity_name
            and entities.country_code is not distinct from body_names.given_country_code
    left join outlet_names
        on
            entities.entity_type = 'outlet'
            and entities.entity_name = outlet_names.outlet_name

)

select * from final
