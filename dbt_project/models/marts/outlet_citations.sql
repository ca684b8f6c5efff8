with

statements as (

    select * from {{ ref('fct_statements') }}

),

articles as (

    select
        *,
        cast(date_trunc('month', article_date) as date) as month_start,
    from {{ ref('dim_articles') }}
    {{ where_touched('int_months__touched', ['month_start']) }}

),

hops as (

    select * from {{ ref('fct_statement_hops') }}

),

sources as (

    select * from {{ ref('dim_sources') }}
    -- An outlet is known to be one before millions of hops are held against all sources.
    where outlet_id is not null

),

outlets as (

    select * from {{ ref('dim_outlets') }}

),

final as (

    select
        citing.outlet_id as citing_outlet_id,
        cited.outlet_id as cited_outlet_id,
        citing.outlet_name as citing_outlet_name,
        cited.outlet_name as cited_outlet_name,
        count(distinct statements.statement_id) as statement_count,
        articles.month_start,
    from statements
    inner join articles on statements.article_id = articles.article_id
    inner join hops on statements.statement_id = hops.statement_id and hops.hop_number > 1
    inner join sources on hops.source_id = sources.source_id
    inner join outlets as citing on statements.outlet_id = citing.outlet_id
    inner join outlets as cited on sources.outlet_id = cited.outlet_id
    where statements.is_current and citing.outlet_id <> cited.outlet_id
    group by all

)

select * from final
