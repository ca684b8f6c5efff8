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

wire_stories as (

    select
        later.article_id,
        earlier.article_id as earlier_article_id,
    from articles as later
    inner join articles as earlier
        on
            lower(later.wire_credit) = lower(earlier.wire_credit)
            and lower(later.title) = lower(earlier.title)
            and abs(later.article_date - earlier.article_date) <= 3
            and (later.dump_date, later.article_id) > (earlier.dump_date, earlier.article_id)

),

pairs as (

    select
        article_id,
        earlier_article_id,
        bool_or(is_wire_story) as is_wire_story,
    from (
        select *, false as is_wire_story from bands
        union all
        select *, true as is_wire_story from wire_stories
    )
    group by all

),

-- An outlet that prints its own running story again under a new address prints no copy.
candidates as (

    select
        later.article_id,
        earlier.article_id as earlier_article_id,
        later.outlet_id,
        earlier.outlet_id as earlier_outlet_id,
        pairs.is_wire_story,
        {{ words('later.body_text') }} as words,
        {{ words('earlier.body_text') }} as earlier_words,
    from pairs
    inner join articles as later on pairs.article_id = later.article_id
    inner join articles as earlier on pairs.earlier_article_id = earlier.article_id
    where
        later.article_id <> earlier.article_id
        and later.content_hash <> earlier.content_hash
        and later.outlet_id is distinct from earlier.outlet_id

),

shingled as (

    select
        article_id,
        earlier_article_id,
        outlet_id,
        earlier_outlet_id,
        is_wire_story,
        {{ shingles('words') }} as shingles,
        {{ shingles('earlier_words') }} as earlier_shingles,
    from candidates

),

counted as (

    select
        article_id,
        earlier_article_id,
        outlet_id,
        earlier_outlet_id,
        is_wire_story,
        len(shingles) as shingle_count,
        len(earlier_shingles) as earlier_shingle_count,
        len(list_intersect(shingles, earlier_shingles)) as shared_count,
    from shingled

),

measured as (

    select
        article_id,
        earlier_article_id,
        outlet_id,
        earlier_outlet_id,
        is_wire_story,
        shared_count / (shingle_count + earlier_shingle_count - shared_count) as shared_share,
        shared_count / least(shingle_count, earlier_shingle_count) as contained_share,
    from counted

),

-- Outlets cut what they print, most of all the stories of an agency, which keep their titles.
copies as (

    select *
    from measured
    where
        shared_share >= {{ var('minimum_shared_share') }}
        or (contained_share >= {{ var('minimum_contained_share') }} and shared_share >= 0.5)
        or (contained_share >= 0.5 and is_wire_story)

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
        outlet_id,
        earlier_article_id as original_article_id,
        earlier_outlet_id as original_outlet_id,
        shared_share,
    from nearest

    union

    select
        followed.article_id,
        followed.outlet_id,
        nearest.earlier_article_id as original_article_id,
        nearest.earlier_outlet_id as original_outlet_id,
        followed.shared_share,
    from followed
    inner join nearest on followed.original_article_id = nearest.article_id

),

-- A running story is no copy of its outlet's own by way of what others made of it, either.
final as (

    select
        followed.article_id,
        followed.original_article_id,
        followed.shared_share,
    from followed
    anti join nearest on followed.original_article_id = nearest.article_id
    where followed.outlet_id is distinct from followed.original_outlet_id

)

select * from final
