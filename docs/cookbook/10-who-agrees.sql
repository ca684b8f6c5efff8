-- Which governments agree or clash on the same propositions within a window?
-- Change the months; drop the filter on the type for people and parties. A person always agrees
-- with the government they speak for.
select
    ones.actor_name as one,
    others.actor_name as the_other,
    cast(sum(pairs.agreement_count) as bigint) as agreements,
    cast(sum(pairs.conflict_count) as bigint) as conflicts,
    string_agg(
        distinct pairs.proposition_id, ', ' order by pairs.proposition_id
    ) as propositions,
from marts.actor_agreement_monthly as pairs
inner join marts.dim_actors as ones on pairs.actor_id = ones.actor_id
inner join marts.dim_actors as others on pairs.other_actor_id = others.actor_id
where
    pairs.month_start between date '2026-01-01' and date '2026-03-01'
    and ones.actor_type = 'government'
    and others.actor_type = 'government'
group by all
order by conflicts desc, agreements desc, one, the_other
limit 20
