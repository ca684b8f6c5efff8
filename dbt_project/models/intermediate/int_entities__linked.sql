with

entities as (

    select * from {{ ref('int_entities__placed') }}
    {{ where_touched('int_versions__relinked') }}

),

names as (

    select * from {{ ref('int_names__linked') }}

),

final as (

    select
        entities.article_version_id,
        entities.entity_number,
        entities.name_id,
        names.actor_id,
        names.linked_by,
        names.country_code,
        entities.dump_date,
        entities.article_date,
    from entities
    inner join names on entities.name_id = names.name_id

)

select * from final
order by dump_date
