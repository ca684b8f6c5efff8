with

articles as (

    select * from {{ ref('int_articles__current') }}
    {{ where_touched('int_articles__rewritten', ['article_id']) }}

),

clusters as (

    select * from {{ ref('int_articles__clustered') }}
    {{ where_touched('int_articles__rewritten', ['article_id']) }}

),

versions as (

    select * from {{ ref('int_article_deliveries__versioned') }}
    {{ where_touched('int_articles__rewritten', ['article_id']) }}

),

counted as (

    select
        article_id,
        count(*) as version_count,
        min(published_at) as first_published_at,
        min(dump_date) as first_dump_date,
    from versions
    group by all

),

final as (

    select
        articles.article_id,
        articles.outlet_id,
        articles.article_version_id as current_article_version_id,
        clusters.duplicate_cluster_id,
        articles.canonical_url,
        articles.title,
        articles.author,
        articles.language_code,
        articles.wire_credit,
        articles.published_precision,
        articles.published_reason,
        clusters.cluster_role,
        counted.version_count,
        clusters.is_cluster_original,
        articles.article_date,
        counted.first_dump_date,
        articles.published_at,
    from articles
    inner join clusters on articles.article_id = clusters.article_id
    inner join counted on articles.article_id = counted.article_id

)

select * from final
