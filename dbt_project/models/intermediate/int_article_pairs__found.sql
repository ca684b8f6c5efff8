with

articles as (

    select * from {{ ref('int_articles__current') }}

),

-- Read twice, and DuckDB would copy all of it first.
signatures as not materialized (

    select * from {{ ref('stg_raw__article_signatures') }}

),

loaded as (

    select * from {{ ref('int_versions__loaded') }}

),

{% if is_incremental() %}

touched_signatures as (

    select
        band_number,
        band_hash,
    from signatures
    {{ where_touched('int_versions__loaded') }}

),

-- Whoever shares a band with an article of the night, or was held to be a copy of one.
matched_again as (

    select article_id from loaded

    union

    select article_id
    from {{ this }}
    where earlier_article_id in (select article_id from loaded)

    union

    select articles.article_id
    from articles
    inner join signatures on articles.article_version_id = signatures.article_version_id
    semi join touched_signatures
        on
            signatures.band_number = touched_signatures.band_number
            and signatures.band_hash = touched_signatures.band_hash

),

{% else %}

matched_again as (

    select article_id from articles

),

{% endif %}

versions as (

    select
        articles.article_id,
        articles.article_version_id,
        articles.dump_date,
    from articles
    semi join matched_again on articles.article_id = matched_again.article_id

),

bands as (

    select
        versions.article_id,
        signatures.band_number,
        signatures.band_hash,
    from versions
    inner join signatures on versions.article_version_id = signatures.article_version_id
    -- Signatures lie in the order of dump dates, and mostly those of few dates are asked for.
    where signatures.dump_date in (select distinct dump_date from versions)

),

shared_bands as (

    select
        signatures.band_number,
        signatures.band_hash,
        arg_min(articles.article_id, (articles.dump_date, articles.article_id))
            as earlier_article_id,
    from signatures
    semi join bands
        on
            signatures.band_number = bands.band_number
            and signatures.band_hash = bands.band_hash
    inner join articles on signatures.article_version_id = articles.article_version_id
    group by all
    having count(*) > 1

),

pairs as (

    select distinct
        bands.article_id,
        shared_bands.earlier_article_id,
    from bands
    inner join shared_bands
        on
            bands.band_number = shared_bands.band_number
            and bands.band_hash = shared_bands.band_hash
    where bands.article_id <> shared_bands.earlier_article_id

),

-- An article without any has a row, too, so that the pairs that it had are replaced.
final as (

    select
        matched_again.article_id,
        pairs.earlier_article_id,
    from matched_again
    left join pairs on matched_again.article_id = pairs.article_id

)

select * from final
