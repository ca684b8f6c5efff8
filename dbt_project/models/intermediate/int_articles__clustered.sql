with

articles as (

    select * from {{ ref('int_articles__current') }}

),

copies as (

    select * from {{ ref('int_article_copies__matched') }}

),

keyed as (

    select
        *,
        -- Short texts ("Photo gallery") are alike by chance unless their titles are, too.
        case
            when has_few_words
                then {{ make_id(["'short text'", 'content_hash', 'lower(title)']) }}
            else {{ make_id(["'text'", 'content_hash']) }}
        end as own_cluster_id,
    from articles

),

clustered as (

    select
        keyed.* exclude (own_cluster_id),
        coalesce(originals.own_cluster_id, keyed.own_cluster_id) as duplicate_cluster_id,
    from keyed
    left join copies on keyed.article_id = copies.article_id
    left join keyed as originals on copies.original_article_id = originals.article_id

),

sizes as (

    select
        duplicate_cluster_id,
        count(*) as cluster_size,
    from clustered
    group by all

),

-- Most articles are alone in their cluster, so that few are ranked.
ranked as (

    select
        clustered.article_id,
        lower(clustered.outlet_name) is not distinct from lower(clustered.wire_credit)
        and clustered.wire_credit is not null as is_credited,
        row_number() over (
            partition by clustered.duplicate_cluster_id
            order by
                clustered.is_wire desc,
                lower(clustered.outlet_name) is not distinct from lower(clustered.wire_credit) desc,
                clustered.published_at asc nulls last,
                clustered.dump_date,
                clustered.canonical_url is null,
                clustered.article_id
        ) = 1 as is_cluster_original,
    from clustered
    inner join sizes on clustered.duplicate_cluster_id = sizes.duplicate_cluster_id
    where sizes.cluster_size > 1

),

final as (

    select
        clustered.article_id,
        clustered.outlet_id,
        clustered.duplicate_cluster_id,
        case
            when ranked.article_id is null then 'only one'
            when not ranked.is_cluster_original then 'copy'
            when clustered.is_wire then 'wire agency'
            when ranked.is_credited then 'credited outlet'
            when clustered.published_at is not null then 'published first'
            else 'delivered first'
        end as cluster_role,
        coalesce(ranked.is_cluster_original, true) as is_cluster_original,
    from clustered
    left join ranked on clustered.article_id = ranked.article_id

)

select * from final
