-- How did a position move month by month, who stated it, and where?
-- mean_score runs from -1 (oppose) to 1 (support). "only_unnamed" is true where a speaker's
-- statements rest on unnamed sources alone.
with

-- Whose they are is known before their words are looked for among all words.
stances as materialized (

    select
        holders.actor_id as holder_actor_id,
        stances.proposition_id,
        cast(date_trunc('month', stances.held_from) as date) as month_start,
        stances.position,
        stances.statement_id,
    from marts.fct_stances as stances
    inner join marts.dim_actors as holders
        on holders.actor_id in (stances.holder_actor_id, stances.on_behalf_of_actor_id)
    where
        holders.actor_name = coalesce(getvariable('actor'), 'Government of Israel')
        and stances.proposition_id = coalesce(getvariable('proposition'), 'arm_ukraine')
        and stances.held_from >= coalesce(getvariable('from'), stances.held_from)
        and stances.held_from <= coalesce(getvariable('to'), stances.held_from)
        and stances.expression in ('self', 'reported')
        and stances.review_status <> 'rejected'

),

voices as (

    select
        stances.* exclude (statement_id),
        said.speaker_name,
        string_agg(
            distinct said.outlet_name, ', ' order by said.outlet_name
        ) as outlets,
        count(distinct said.statement_cluster_id) as statements,
        bool_and(not said.is_origin_named) as only_unnamed,
    from stances
    inner join marts.statement_provenance as said
        on stances.statement_id = said.statement_id
    group by all

)

select
    monthly.month_start,
    monthly.mean_score,
    voices.speaker_name,
    voices.position,
    voices.statements,
    voices.outlets,
    voices.only_unnamed,
from voices
inner join marts.stance_monthly as monthly
    on
        voices.holder_actor_id = monthly.holder_actor_id
        and voices.proposition_id = monthly.proposition_id
        and voices.month_start = monthly.month_start
order by monthly.month_start, voices.speaker_name, voices.position
limit coalesce(getvariable('rows'), 20)
