with

-- Read twice, and DuckDB would copy all of it first.
articles as not materialized (

    select * from {{ ref('int_articles__current') }}

),

pairs as (

    select * from {{ ref('int_article_pairs__found') }}
    where earlier_article_id is not null

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
            and abs(date_diff('day', earlier.article_date, later.article_date)) <= 3
            and (later.dump_date, later.article_id) > (earlier.dump_date, earlier.article_id)

),

suspected as (

    select
        article_id,
        earlier_article_id,
        false as is_wire_story,
    from pairs

    union all

    select
        article_id,
        earlier_article_id,
        true as is_wire_story,
    from wire_stories

),

united as (

    select
        article_id,
        earlier_article_id,
        bool_or(is_wire_story) as is_wire_story,
    from suspected
    group by all

),

-- An outlet that prints its own running story again under a new address prints no copy.
final as (

    select
        united.article_id,
        united.earlier_article_id,
        later.article_version_id,
        earlier.article_version_id as earlier_version_id,
        later.outlet_id,
        earlier.outlet_id as earlier_outlet_id,
        united.is_wire_story,
        later.dump_date,
        earlier.dump_date as earlier_dump_date,
    from united
    inner join articles as later on united.article_id = later.article_id
    inner join articles as earlier on united.earlier_article_id = earlier.article_id
    where
        later.content_hash <> earlier.content_hash
        and later.outlet_id is distinct from earlier.outlet_id

)

select * from final
