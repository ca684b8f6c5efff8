with

source as (

    select * from {{ source('raw', 'article_signatures') }}

),

final as (

    select
        article_version_id,
        dump_date,
        band_number,
        band_hash,
    from source

)

select * from final
