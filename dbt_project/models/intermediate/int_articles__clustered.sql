with

-- Read twice, and DuckDB would copy all of it first.
articles as not materialized (

    select * from {{ ref('int_articles__current') }}

),

copies as (

    select * from {{ ref('int_article_copies__matched') }}

),

keyed as (

    select
        article_id,
        outlet_id,
        -- Short texts ("Photo gallery") are alike by chance unless their titles are, too.
        case
            when has_few_words
                then {{ make_id(["'short text'", 'content_hash', 'lower(title)']) }}
            else {{ make_id(["'text'", 'content_hash']) }}
        end as own_cluster_id,
    from articles

),

originals as (

    select
        copies.article_id,
        keyed.own_cluster_id,
    from copies
    inner join keyed on copies.original_article_id = keyed.article_id

),

clustered as (

    select
        keyed.article_id,
        keyed.outlet_id,
        coalesce(originals.own_cluster_id, keyed.own_cluster_id) as duplicate_cluster_id,
    from keyed
    left join originals on keyed.article_id = originals.article_id

),

shared as (

    select duplicate_cluster_id
    from clustered
    group by all
    having count(*) > 1

),

-- Most articles are alone in their cluster, so that few are ranked.
ranked as (

    select
        articles.article_id,
        articles.is_wire,
        articles.published_at is not null as is_dated,
        coalesce(lower(articles.outlet_name) = lower(articles.wire_credit), false) as is_credited,
        row_number() over (
            partition by clustered.duplicate_cluster_id
            order by
                articles.is_wire desc,
                coalesce(lower(articles.outlet_name) = lower(articles.wire_credit), false) desc,
                articles.published_at asc nulls last,
                articles.dump_date,
                articles.canonical_url is null,
                articles.article_id
        ) = 1 as is_cluster_original,
    from clustered
    semi join shared on clustered.duplicate_cluster_id = shared.duplicate_cluster_id
    inner join articles on clustered.article_id = articles.article_id

),

final as (

    select
        clustered.article_id,
        clustered.outlet_id,
        clustered.duplicate_cluster_id,
        case
            when ranked.article_id is null then 'only one'
            when not ranked.is_cluster_original then 'copy'
            when ranked.is_wire then 'wire agency'
            when ranked.is_credited then 'credited outlet'
            when ranked.is_dated then 'published first'
            else 'delivered first'
        end as cluster_role,
        coalesce(ranked.is_cluster_original, true) as is_cluster_original,
    from clustered
    left join ranked on clustered.article_id = ranked.article_id

)

select * from final
