with

statements as (

    select * from {{ ref('fct_statements') }}

),

articles as (

    select
        *,
        article_date as date_day,
    from {{ ref('dim_articles') }}
    {{ where_touched('int_days__touched', ['date_day']) }}

),

sources as (

    select * from {{ ref('dim_sources') }}

),

outlets as (

    select * from {{ ref('dim_outlets') }}

),

-- What an outlet prints twice on a day counts once.
reports as (

    select
        statements.outlet_id,
        statements.is_origin_named,
        statements.hop_count,
        sources.source_type,
        articles.date_day,
    from statements
    inner join articles on statements.article_id = articles.article_id
    inner join sources on statements.speaker_source_id = sources.source_id
    where statements.is_current
    qualify row_number() over (
        partition by statements.outlet_id, articles.date_day, statements.statement_cluster_id
        order by statements.statement_id
    ) = 1

),

final as (

    select
        outlets.outlet_id,
        outlets.outlet_name,
        count(*) as statement_count,
        avg(cast(not reports.is_origin_named as integer)) as unnamed_share,
        avg(reports.hop_count) as mean_hop_count,
        avg(cast(reports.source_type = 'document' as integer)) as document_share,
        reports.date_day,
    from reports
    inner join outlets on reports.outlet_id = outlets.outlet_id
    group by all

)

select * from final
