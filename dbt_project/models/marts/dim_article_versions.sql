with

versions as (

    select * from {{ ref('int_article_deliveries__versioned') }}

),

final as (

    select
        article_version_id,
        article_id,
        content_hash,
        title,
        body_text,
        change_type,
        dump_file,
        dump_format,
        extra,
        version_number,
        dump_record,
        is_current,
        dump_date,
        dump_date as valid_from,
        next_dump_date - 1 as valid_to,
    from versions

)

select * from final
