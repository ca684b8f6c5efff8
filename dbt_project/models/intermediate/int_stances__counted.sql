with

recounted_clusters as (

    select statement_cluster_id
    from {{ ref('int_statements__clustered') }}
    {{ where_touched('int_versions__recounted') }}

),

-- A version that is counted again repeats what others say, too, and marks are set over all reports.
clusters as (

    select *
    from {{ ref('int_statements__clustered') }}
    {% if is_incremental() %}
    where statement_cluster_id in (select statement_cluster_id from recounted_clusters)
    {% endif %}

),

stances as (

    select *
    from {{ ref('int_stances__held') }}
    {% if is_incremental() %}
    where
        dump_date in (select distinct dump_date from clusters)
        and statement_id in (select statement_id from clusters)
    {% endif %}

),

articles as (

    select * from {{ ref('int_articles__clustered') }}

),

own_words as (

    select
        stances.stance_id,
        stances.statement_id,
        stances.article_version_id,
        stances.dump_date,
        stances.holder_actor_id,
        stances.on_behalf_of_actor_id,
        stances.proposition_id,
        stances.position_score,
        stances.evidence_text,
        stances.held_from,
        clusters.statement_cluster_id,
        articles.duplicate_cluster_id,
        articles.outlet_id,
        articles.is_cluster_original,
        clusters.is_origin_named,
    from stances
    inner join clusters on stances.statement_id = clusters.statement_id
    inner join articles on stances.article_id = articles.article_id
    where
        stances.is_current
        and stances.expression in ('self', 'reported')
        and stances.review_status <> 'rejected'
        and stances.confidence >= {{ var('minimum_stance_confidence') }}

),

-- A position stated for a government is the speaker's and the government's.
held as (

    select
        * exclude (holder_actor_id, on_behalf_of_actor_id),
        holder_actor_id,
    from own_words

    union all

    select
        * exclude (holder_actor_id, on_behalf_of_actor_id),
        on_behalf_of_actor_id as holder_actor_id,
    from own_words
    where on_behalf_of_actor_id is not null

),

marked as (

    select
        *,
        row_number() over (
            partition by holder_actor_id, proposition_id, statement_cluster_id
            order by held_from, statement_id, stance_id
        ) = 1 as is_first_report,
        min(held_from) over (
            partition by holder_actor_id, proposition_id, statement_cluster_id
        ) as first_reported_on,
        not bool_or(is_origin_named) over (
            partition by holder_actor_id, proposition_id, statement_cluster_id
        ) as is_never_named,
        row_number() over (
            partition by holder_actor_id, proposition_id, statement_id order by stance_id
        ) = 1 as is_first_stance,
    from held

),

final as (

    select * from marked
    {{ where_touched('int_versions__recounted') }}

)

select * from final
order by dump_date
