-- Who is talked about but never speaks?
-- Neither they nor anybody in their name or in their office is quoted. Outlets are left out.
with

voices as (

    select speaker_actor_id as actor_id from marts.fct_statements where is_current
    union
    select on_behalf_of_actor_id from marts.fct_statements where is_current
    union
    select roles.represents_actor_id
    from marts.fct_statements as statements
    inner join marts.dim_actor_roles as roles
        on statements.speaker_role_id = roles.actor_role_id
    where statements.is_current

)

select
    actors.actor_name,
    actors.actor_type,
    cast(sum(daily.mention_count) as bigint) as mentions,
    min(daily.date_day) as first_day,
    max(daily.date_day) as last_day,
from marts.actor_daily as daily
inner join marts.dim_actors as actors on daily.actor_id = actors.actor_id
anti join voices on daily.actor_id = voices.actor_id
where
    actors.actor_type <> 'outlet'
    and daily.date_day >= coalesce(getvariable('from'), daily.date_day)
    and daily.date_day <= coalesce(getvariable('to'), daily.date_day)
group by all
order by mentions desc, actors.actor_name
limit coalesce(getvariable('rows'), 20)
