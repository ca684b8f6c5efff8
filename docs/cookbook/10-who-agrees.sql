-- Which governments agree or clash on the same propositions within a window of months?
-- For one actor, all its pairs are counted, with people and parties too. A person always agrees
-- with the government they speak for.
select
    ones.actor_name as one,
    others.actor_name as the_other,
    cast(sum(pairs.agreement_count) as bigint) as agreements,
    cast(sum(pairs.conflict_count) as bigint) as conflicts,
    string_agg(
        distinct propositions.proposition_text, '; ' order by propositions.proposition_text
    ) as propositions,
from marts.actor_agreement_monthly as pairs
inner join marts.dim_actors as ones on pairs.actor_id = ones.actor_id
inner join marts.dim_actors as others on pairs.other_actor_id = others.actor_id
inner join marts.dim_propositions as propositions
    on pairs.proposition_id = propositions.proposition_id
where
    (
        getvariable('from') is null
        or pairs.month_start >= date_trunc('month', cast(getvariable('from') as date))
    )
    and (getvariable('to') is null or pairs.month_start <= getvariable('to'))
    and (
        getvariable('actor') in (ones.actor_name, others.actor_name)
        or (
            getvariable('actor') is null
            and ones.actor_type = 'government'
            and others.actor_type = 'government'
        )
    )
group by all
order by conflicts desc, agreements desc, one, the_other
limit coalesce(getvariable('rows'), 20)
