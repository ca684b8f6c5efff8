with

loaded as (

    select * from {{ ref('int_versions__loaded') }}

),

touched_keys as (

    select * from {{ ref('stg_raw__touched_keys') }}

),

names as (

    select * from {{ ref('int_names__linked') }}

),

entities as (

    select * from {{ ref('int_entities__placed') }}

),

-- Read after the names were linked, so that it holds what that changed.
relinked_names as (

    select key as name_id
    from touched_keys
    where noted_by in {{ noted_by('int_names__linked') }}

),

final as (

    select
        article_version_id,
        dump_date,
    from loaded

    union

    select
        entities.article_version_id,
        entities.dump_date,
    from entities
    semi join relinked_names on entities.name_id = relinked_names.name_id

)

select * from final
