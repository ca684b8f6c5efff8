with

-- Read twice, and DuckDB would copy all of it first.
stances as not materialized (

    select * from {{ ref('int_stances__counted') }}
    {{ where_touched('int_holders__touched', ['holder_actor_id']) }}

),

actors as (

    select * from {{ ref('dim_actors') }}

),

propositions as (

    select * from {{ ref('dim_propositions') }}

),

units as (

    select
        holder_actor_id,
        proposition_id,
        {{ duplicate_unit() }} as unit,
        cast(date_trunc('month', min(held_from)) as date) as month_start,
        avg(position_score) as score,
    from stances
    group by all

),

scores as (

    select
        holder_actor_id,
        proposition_id,
        month_start,
        -- The last digits of a mean depend on the order in which it was summed up.
        round(avg(score), 12) as mean_score,
        count(*) as weight,
    from units
    group by all

),

counts as (

    select
        holder_actor_id,
        proposition_id,
        cast(date_trunc('month', first_reported_on) as date) as month_start,
        count(*) filter (where is_first_stance) as statement_count,
        count(*) filter (where is_first_report) as independent_report_count,
        cast(count(*) filter (where is_first_report and is_never_named) as double)
        / count(*) filter (where is_first_report) as unnamed_share,
    from stances
    group by all

),

months as (

    select
        scores.holder_actor_id,
        scores.proposition_id,
        scores.month_start,
        scores.mean_score,
        scores.weight,
        coalesce(counts.statement_count, 0) as statement_count,
        coalesce(counts.independent_report_count, 0) as independent_report_count,
        coalesce(counts.unnamed_share, 0) as unnamed_share,
    from scores
    left join counts
        on
            scores.holder_actor_id = counts.holder_actor_id
            and scores.proposition_id = counts.proposition_id
            and scores.month_start = counts.month_start

),

weighed as (

    select
        months.holder_actor_id,
        months.proposition_id,
        months.month_start,
        round(
            sum(
                near.mean_score * near.weight
                * {{ kernel_weight("date_diff('month', near.month_start, months.month_start)") }}
            ) / sum(
                near.weight
                * {{ kernel_weight("date_diff('month', near.month_start, months.month_start)") }}
            ),
            12
        ) as smoothed_score,
    from months
    inner join months as near
        on
            months.holder_actor_id = near.holder_actor_id
            and months.proposition_id = near.proposition_id
            and abs(date_diff('month', near.month_start, months.month_start))
            <= {{ var('smoothing_window_months') }}
    group by all

),

final as (

    select
        months.holder_actor_id,
        months.proposition_id,
        actors.actor_name as holder_name,
        propositions.proposition_text,
        months.mean_score,
        weighed.smoothed_score,
        months.statement_count,
        months.independent_report_count,
        months.unnamed_share,
        months.month_start,
    from months
    inner join weighed
        on
            months.holder_actor_id = weighed.holder_actor_id
            and months.proposition_id = weighed.proposition_id
            and months.month_start = weighed.month_start
    inner join actors on months.holder_actor_id = actors.actor_id
    inner join propositions on months.proposition_id = propositions.proposition_id

)

select * from final
