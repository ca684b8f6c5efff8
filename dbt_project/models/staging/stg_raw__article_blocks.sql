with

source as (

    select * from {{ source('raw', 'article_blocks') }}

),

final as (

    select
        article_version_id,
        dump_date,
        block_number,
        block_type,
        char_start,
        char_end,
    from source

)

select * from final
