with

statements as (

    select * from {{ ref('stg_raw__statements') }}

),

versions as (

    select * from {{ ref('int_article_deliveries__versioned') }}

),

sources as (

    select * from {{ ref('int_sources__identified') }}

),

worded as (

    select
        statements.statement_id,
        coalesce(sources.actor_id, lower(sources.descriptor)) as speaker_key,
        trim(regexp_replace(lower(statements.content_text), '[^\p{L}\p{N}]+', ' ', 'g'))
            as content_words,
    from statements
    inner join versions on statements.article_version_id = versions.article_version_id
    inner join sources
        on
            statements.article_version_id = sources.article_version_id
            and statements.source_number = sources.source_number

),

final as (

    select
        statement_id,
        content_words,
        speaker_key,
        -- Short contents ("yes, of course") are repeated by chance, longer ones by copying.
        case
            when length(content_words) >= 40
                then {{ make_id(["'statement cluster'", 'content_words', 'speaker_key']) }}
            else {{ make_id(["'statement cluster'", 'statement_id']) }}
        end as statement_cluster_id,
    from worded

)

select * from final
