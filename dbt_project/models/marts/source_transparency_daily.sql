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

final as (

    select
        outlets.outlet_id,
        outlets.outlet_name,
        count(*) as statement_count,
        avg(cast(not statements.is_origin_named as integer)) as unnamed_share,
        avg(statements.hop_count) as mean_hop_count,
        avg(cast(sources.source_type = 'document' as integer)) as document_share,
        articles.date_day,
    from statements
    inner join articles on statements.article_id = articles.article_id
    inner join outlets on statements.outlet_id = outlets.outlet_id
    inner join sources on statements.speaker_source_id = sources.source_id
    where statements.is_current
    group by all

)

select * from final
