with

statements as (

    select * from {{ ref('stg_raw__statements') }}
    {{ where_touched('int_versions__rewritten') }}

),

versions as (

    select * from {{ ref('int_article_deliveries__versioned') }}
    {{ where_touched('int_versions__rewritten') }}

),

sources as (

    select * from {{ ref('int_sources__identified') }}
    {{ where_touched('int_versions__rewritten') }}

),

articles as (

    select * from {{ ref('int_articles__clustered') }}

),

worded as (

    select
        statements.statement_id,
        statements.article_version_id,
        statements.dump_date,
        versions.is_current,
        articles.duplicate_cluster_id,
        sources.is_named as is_origin_named,
        coalesce(sources.actor_id, lower(sources.descriptor)) as speaker_key,
        trim(regexp_replace(lower(statements.content_text), '[^\p{L}\p{N}]+', ' ', 'g'))
            as content_words,
    from statements
    inner join versions on statements.article_version_id = versions.article_version_id
    inner join articles on versions.article_id = articles.article_id
    inner join sources
        on
            statements.article_version_id = sources.article_version_id
            and statements.source_number = sources.source_number

),

final as (

    select
        statement_id,
        article_version_id,
        duplicate_cluster_id,
        content_words,
        speaker_key,
        is_origin_named,
        is_current,
        dump_date,
        -- Short contents ("yes, of course") are repeated by chance, longer ones by copying; within
        -- the copies of one article short ones are repeats too.
        case
            when length(content_words) >= 40
                then {{ make_id(["'statement cluster'", 'content_words', 'speaker_key']) }}
            else {{ make_id(["'statement cluster'", 'content_words', 'speaker_key', 'duplicate_cluster_id']) }}
        end as statement_cluster_id,
    from worded

)

select * from final
order by dump_date
