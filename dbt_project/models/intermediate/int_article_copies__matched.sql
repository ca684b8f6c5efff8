with recursive

articles as (

    select * from {{ ref('int_articles__current') }}

),

signatures as (

    select * from {{ ref('stg_raw__article_signatures') }}

),

bands as (

    select
        articles.article_id,
        first_value(articles.article_id) over (
            partition by signatures.band_number, signatures.band_hash
            order by articles.dump_date, articles.article_id
        ) as earlier_article_id,
    from articles
    inner join signatures on articles.article_version_id = signatures.article_version_id

),

-- An outlet that prints its own running story again under a new address prints no copy.
candidates as (

    select distinct
        later.article_id,
        earlier.article_id as earlier_article_id,
        {{ words('later.body_text') }} as words,
        {{ words('earlier.body_text') }} as earlier_words,
    from bands
    inner join articles as later on bands.article_id = later.article_id
    inner join articles as earlier on bands.earlier_article_id = earlier.article_id
    where
        later.article_id <> earlier.article_id
        and later.content_hash <> earlier.content_hash
        and later.outlet_id is distinct from earlier.outlet_id

),

compared as (

    select
        article_id,
        earlier_article_id,
        {{ shingles('words') }} as shingles,
        {{ shingles('earlier_words') }} as earlier_shingles,
    from candidates

),

copies as (

    select
        article_id,
        earlier_article_id,
        len(list_intersect(shingles, earlier_shingles))
        / len(list_distinct(list_concat(shingles, earlier_shingles))) as shared_share,
    from compared
    where shared_share >= {{ var('minimum_shared_share') }}

),

nearest as (

    select *
    from copies
    qualify row_number() over (
        partition by article_id order by shared_share desc, earlier_article_id
    ) = 1

),

-- A copy of a copy is a copy of the first: always of an earlier one, so that this ends.
followed as (

    select
        article_id,
        earlier_article_id as original_article_id,
        shared_share,
    from nearest

    union

    select
        followed.article_id,
        nearest.earlier_article_id as original_article_id,
        followed.shared_share,
    from followed
    inner join nearest on followed.original_article_id = nearest.article_id

),

final as (

    select
        followed.article_id,
        followed.original_article_id,
        followed.shared_share,
    from followed
    anti join nearest on followed.original_article_id = nearest.article_id

)

select * from final
