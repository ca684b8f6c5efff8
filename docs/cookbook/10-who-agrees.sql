-- Which governments agree or clash on the same propositions within a window of months?
-- For one actor, all its pairs are counted, with people and parties too. A person always agrees
-- with the government they speak for.
with

asked as (

    select actor_id
    from marts.dim_actors
    where
        actor_name = getvariable('actor')
        or (getvariable('actor') is null and actor_type = 'government')

),

pairs as (

    select
        actor_name,
        other_actor_name,
        proposition_text,
        agreement_count,
        conflict_count,
        month_start,
    from marts.actor_agreement_monthly
    where
        actor_id in (select actor_id from asked)
        and (
            getvariable('actor') is not null
            or other_actor_id in (select actor_id from asked)
        )

    union all

    select
        actor_name,
        other_actor_name,
        proposition_text,
        agreement_count,
        conflict_count,
        month_start,
    from marts.actor_agreement_monthly
    where
        getvariable('actor') is not null
        and other_actor_id in (select actor_id from asked)
        -- Two actors may have one name, and their pair is there already.
        and actor_id not in (select actor_id from asked)

)

select
    actor_name as one,
    other_actor_name as the_other,
    cast(sum(agreement_count) as bigint) as agreements,
    cast(sum(conflict_count) as bigint) as conflicts,
    string_agg(distinct proposition_text, '; ' order by proposition_text) as propositions,
from pairs
where
    (
        getvariable('from') is null
        or month_start >= date_trunc('month', cast(getvariable('from') as date))
    )
    and (getvariable('to') is null or month_start <= getvariable('to'))
group by all
order by conflicts desc, agreements desc, one, the_other
limit coalesce(getvariable('rows'), 20)
