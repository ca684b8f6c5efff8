with

relinked as (

    select * from {{ ref('int_versions__relinked') }}

),

touched_keys as (

    select * from {{ ref('stg_raw__touched_keys') }}

),

linked as (

    select * from {{ ref('int_entities__linked') }}

),

deliveries as (

    select * from {{ ref('int_article_deliveries__versioned') }}

),

delivered_articles as (

    select * from {{ ref('int_articles__touched') }}

),

mentions as (

    select * from {{ ref('stg_raw__mentions') }}

),

stances as (

    select * from {{ ref('stg_raw__stances') }}

),

touched_actors as (

    select key as actor_id
    from touched_keys
    where noted_by in {{ noted_by('int_actors__unioned', 'int_roles__spelled', 'int_outlets__unioned') }}

),

touched_articles as (

    select key as article_id
    from touched_keys
    where noted_by in {{ noted_by('int_articles__clustered') }}

),

touched_aliases as (

    select key as alias
    from touched_keys
    where noted_by in {{ noted_by('int_aliases__rejected') }}

),

reviewed_rows as (

    select key as target_id
    from touched_keys
    where noted_by in {{ noted_by('int_reviews__settled') }}

),

final as (

    select
        article_version_id,
        dump_date,
    from relinked

    union

    select
        linked.article_version_id,
        linked.dump_date,
    from linked
    semi join touched_actors on linked.actor_id = touched_actors.actor_id

    union

    select
        deliveries.article_version_id,
        deliveries.dump_date,
    from deliveries
    semi join touched_articles on deliveries.article_id = touched_articles.article_id

    union

    select
        deliveries.article_version_id,
        deliveries.dump_date,
    from deliveries
    semi join delivered_articles on deliveries.article_id = delivered_articles.article_id

    union

    select
        mentions.article_version_id,
        mentions.dump_date,
    from mentions
    semi join touched_aliases on mentions.surface = touched_aliases.alias

    union

    select
        stances.article_version_id,
        stances.dump_date,
    from stances
    semi join reviewed_rows on stances.stance_id = reviewed_rows.target_id

)

select * from final
