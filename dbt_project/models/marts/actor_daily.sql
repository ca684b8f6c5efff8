with

mentions as (

    select
        *,
        article_date as date_day,
    from {{ ref('fct_actor_mentions') }}
    {{ where_touched('int_days__touched', ['date_day']) }}

),

-- Read twice, and DuckDB would copy all of it first.
statements as not materialized (

    select * from {{ ref('fct_statements') }}

),

articles as (

    select
        *,
        article_date as date_day,
    from {{ ref('dim_articles') }}
    {{ where_touched('int_days__touched', ['date_day']) }}

),

stances as (

    select * from {{ ref('fct_stances') }}

),

actors as (

    select * from {{ ref('dim_actors') }}

),

events as (

    select
        actor_id,
        date_day,
        'mention' as event,
        mention_id as event_id,
    from mentions
    where is_current

    union all

    select
        statements.speaker_actor_id,
        articles.date_day,
        'statement',
        statements.statement_cluster_id,
    from statements
    inner join articles on statements.article_id = articles.article_id
    where statements.is_current and statements.speaker_actor_id is not null

    union all

    select
        stances.holder_actor_id,
        articles.date_day,
        'stance',
        -- What narration shows is in no statement, and counts once with the copies of its article.
        {{ join_key(['coalesce(statements.statement_cluster_id, articles.duplicate_cluster_id)', 'stances.proposition_id']) }},
    from stances
    inner join articles on stances.article_version_id = articles.current_article_version_id
    left join statements on stances.statement_id = statements.statement_id
    where
        stances.is_current
        and stances.expression in ('self', 'reported')
        and stances.review_status <> 'rejected'

),

final as (

    select
        actors.actor_id,
        actors.actor_name,
        count(distinct event_id) filter (where event = 'mention') as mention_count,
        count(distinct event_id) filter (where event = 'statement') as statement_count,
        count(distinct event_id) filter (where event = 'stance') as stance_count,
        events.date_day,
    from events
    inner join actors on events.actor_id = actors.actor_id
    group by all

)

select * from final
