with

source as (

    select * from {{ source('raw', 'articles') }}

),

final as (

    select
        article_version_id,
        article_id,
        dump_date,
        dump_file,
        dump_record,
        byte_offset,
        dump_format,
        url,
        canonical_url,
        outlet_name,
        outlet_domain,
        title,
        standfirst,
        author,
        body_text,
        content_hash,
        language_code,
        published_text,
        published_at,
        published_precision,
        published_reason,
        wire_credit,
        extra,
    from source

)

select * from final
