with

touched as (

    select * from {{ ref('stg_raw__touched_versions') }}

),

articles as (

    select * from {{ ref('stg_raw__articles') }}

),

-- A delivery becomes a version, or ceases to be one, by what was delivered of its article before.
deliveries as (

    select
        articles.article_version_id,
        articles.article_id,
        articles.dump_date,
    from articles
    semi join touched on articles.article_id = touched.article_id

),

final as (

    select
        article_version_id,
        article_id,
        dump_date,
    from touched

    union

    select * from deliveries

)

select * from final
