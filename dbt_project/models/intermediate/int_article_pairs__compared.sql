with

pairs as (

    select * from {{ ref('int_article_pairs__suspected') }}

),

texts as (

    select * from {{ ref('stg_raw__articles') }}

),

-- What two texts share never changes.
new_pairs as (

    select
        article_version_id,
        earlier_version_id,
        dump_date,
        earlier_dump_date,
    from pairs
    {% if is_incremental() %}
    where (article_version_id, earlier_version_id) not in (
        select (article_version_id, earlier_version_id) from {{ this }}
    )
    {% endif %}

),

versions as (

    select
        article_version_id,
        dump_date,
    from new_pairs

    union

    select
        earlier_version_id,
        earlier_dump_date,
    from new_pairs

),

worded as (

    select
        texts.article_version_id,
        {{ words('texts.body_text') }} as words,
    from texts
    where
        texts.dump_date in (select dump_date from versions)
        and texts.article_version_id in (select article_version_id from versions)

),

shingled as (

    select
        article_version_id,
        {{ shingles('words') }} as shingles,
    from worded

),

final as (

    select
        new_pairs.article_version_id,
        new_pairs.earlier_version_id,
        len(later.shingles) as shingle_count,
        len(earlier.shingles) as earlier_shingle_count,
        len(list_intersect(later.shingles, earlier.shingles)) as shared_count,
    from new_pairs
    inner join shingled as later
        on new_pairs.article_version_id = later.article_version_id
    inner join shingled as earlier
        on new_pairs.earlier_version_id = earlier.article_version_id

)

select * from final
