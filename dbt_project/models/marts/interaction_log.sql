with

interactions as (

    select * from {{ ref('fct_interactions') }}
    {{ where_touched('int_versions__rewritten') }}

),

versions as (

    select * from {{ ref('dim_article_versions') }}
    {{ where_touched('int_versions__rewritten') }}

),

articles as (

    select * from {{ ref('dim_articles') }}

),

outlets as (

    select * from {{ ref('dim_outlets') }}

),

actors as (

    select * from {{ ref('dim_actors') }}

),

final as (

    select
        interactions.interaction_id,
        interactions.article_version_id,
        interactions.interaction_type,
        interactions.mode,
        initiators.actor_name as initiator_name,
        recipients.actor_name as recipient_name,
        requesters.actor_name as requested_by_name,
        interactions.place,
        interactions.evidence_text,
        outlets.outlet_name,
        articles.canonical_url,
        interactions.happened_precision,
        interactions.happened_from,
        interactions.dump_date,
    from interactions
    inner join versions on interactions.article_version_id = versions.article_version_id
    inner join articles on versions.article_id = articles.article_id
    inner join actors as initiators on interactions.initiator_actor_id = initiators.actor_id
    inner join actors as recipients on interactions.recipient_actor_id = recipients.actor_id
    left join actors as requesters on interactions.requested_by_actor_id = requesters.actor_id
    left join outlets on articles.outlet_id = outlets.outlet_id
    where interactions.is_current and articles.is_cluster_original

)

select * from final
order by dump_date
