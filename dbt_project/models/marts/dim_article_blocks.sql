with

blocks as (

    select * from {{ ref('stg_raw__article_blocks') }}
    {{ where_touched('int_versions__loaded') }}

),

versions as (

    select * from {{ ref('int_article_deliveries__versioned') }}
    {{ where_touched('int_versions__loaded') }}

),

final as (

    select
        blocks.article_version_id,
        blocks.block_type,
        blocks.block_number,
        blocks.char_start,
        blocks.char_end,
        blocks.dump_date,
    from blocks
    inner join versions on blocks.article_version_id = versions.article_version_id

)

select * from final
order by dump_date
