with

hops as (

    select * from {{ ref('stg_raw__statement_hops') }}
    {{ where_touched('int_versions__rewritten') }}

),

sources as (

    select * from {{ ref('int_sources__identified') }}
    {{ where_touched('int_versions__rewritten') }}

),

statements as (

    select * from {{ ref('fct_statements') }}
    {{ where_touched('int_versions__rewritten') }}

),

final as (

    select
        hops.statement_id,
        hops.article_version_id as statement_article_version_id,
        sources.source_id,
        hops.cue,
        hops.hop_number,
        hops.char_start,
        hops.char_end,
        hops.is_implicit,
        hops.dump_date,
    from hops
    inner join statements on hops.statement_id = statements.statement_id
    inner join sources
        on
            hops.article_version_id = sources.article_version_id
            and hops.source_number = sources.source_number

)

select * from final
order by dump_date
