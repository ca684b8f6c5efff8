with

versions as (

    select * from {{ ref('int_article_deliveries__versioned') }}
    {{ where_touched('int_versions__loaded') }}

),

articles as (

    select * from {{ ref('stg_raw__articles') }}
    {{ where_touched('int_versions__loaded') }}

),

final as (

    select
        versions.article_version_id,
        versions.article_id,
        versions.content_hash,
        versions.title,
        articles.body_text,
        versions.change_type,
        articles.dump_file,
        articles.dump_format,
        articles.extra,
        versions.version_number,
        articles.dump_record,
        versions.is_current,
        versions.dump_date,
        versions.dump_date as valid_from,
        versions.next_dump_date - 1 as valid_to,
    from versions
    inner join articles on versions.article_version_id = articles.article_version_id

)

select * from final
order by dump_date
