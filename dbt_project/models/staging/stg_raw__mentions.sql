with

source as (

    select * from {{ source('raw', 'mentions') }}

),

final as (

    select
        mention_id,
        article_version_id,
        dump_date,
        entity_number,
        surface,
        char_start,
        char_end,
        link_method,
        link_confidence,
    from source

)

select * from final
