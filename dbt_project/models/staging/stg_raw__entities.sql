with

source as (

    select * from {{ source('raw', 'entities') }}

),

final as (

    select
        article_version_id,
        dump_date,
        entity_number,
        entity_name,
        entity_type,
        country_text,
    from source

)

select * from final
