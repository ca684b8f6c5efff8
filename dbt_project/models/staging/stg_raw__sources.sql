with

source as (

    select * from {{ source('raw', 'sources') }}

),

final as (

    select
        article_version_id,
        dump_date,
        source_number,
        source_type,
        is_named,
        is_plural,
        source_name,
        descriptor,
        descriptor_rank,
        country_text,
        sector_code,
        entity_number,
    from source

)

select * from final
