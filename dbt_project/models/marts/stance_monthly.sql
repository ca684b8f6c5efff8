with

stances as (

    select * from {{ ref('int_stances__counted') }}

),

actors as (

    select * from {{ ref('dim_actors') }}

),

reports as (

    select
        holder_actor_id,
        proposition_id,
        statement_cluster_id,
        cast(date_trunc('month', min(held_from)) as date) as month_start,
        avg(position_score) as score,
        count(distinct statement_id) as statement_count,
        bool_and(not is_origin_named) as is_unnamed,
    from stances
    group by all

),

months as (

    select
        holder_actor_id,
        proposition_id,
        month_start,
        avg(score) as mean_score,
        cast(sum(statement_count) as bigint) as statement_count,
        count(*) as independent_report_count,
        cast(count(*) filter (where is_unnamed) as double) / count(*) as unnamed_share,
    from reports
    group by all

),

weighed as (

    select
        months.holder_actor_id,
        months.proposition_id,
        months.month_start,
        sum(
            near.mean_score * near.independent_report_count
            * {{ kernel_weight("date_diff('month', near.month_start, months.month_start)") }}
        ) / sum(
            near.independent_report_count
            * {{ kernel_weight("date_diff('month', near.month_start, months.month_start)") }}
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

)

select * from final
