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

ranked as (

    select
        *,
        lower(outlet_name) is not distinct from lower(wire_credit) and wire_credit is not null
            as is_credited,
        count(*) over (partition by duplicate_cluster_id) as cluster_size,
        row_number() over (
            partition by duplicate_cluster_id
            order by
                is_wire desc,
                lower(outlet_name) is not distinct from lower(wire_credit) desc,
                published_at asc nulls last,
                dump_date,
                canonical_url is null,
                article_id
        ) = 1 as is_cluster_original,
    from clustered

),

final as (

    select
        * exclude (is_credited, cluster_size),
        case
            when not is_cluster_original then 'copy'
            when cluster_size = 1 then 'only one'
            when is_wire then 'wire agency'
            when is_credited then 'credited outlet'
            when published_at is not null then 'published first'
            else 'delivered first'
        end as cluster_role,
    from ranked

)

select * from final
