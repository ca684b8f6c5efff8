-- A person takes up an office once at a time, and leaves it no earlier than they took it up.
with

roles as (

    select
        *,
        coalesce(valid_from, date '0001-01-01') as first_day,
        coalesce(valid_to, date '9999-12-31') as last_day,
    from {{ ref('dim_actor_roles') }}
    where review_status <> 'rejected'

)

select
    one.actor_role_id,
    one.actor_id,
    one.role_title,
    one.valid_from,
    one.valid_to,
    other.valid_from as other_valid_from,
from roles as one
inner join roles as other
    on
        one.actor_id = other.actor_id
        and one.role_title = other.role_title
        and one.organisation_actor_id is not distinct from other.organisation_actor_id
        and one.represents_actor_id is not distinct from other.represents_actor_id
        and (one.first_day, one.actor_role_id) < (other.first_day, other.actor_role_id)
        and one.last_day >= other.first_day

union all

select
    actor_role_id,
    actor_id,
    role_title,
    valid_from,
    valid_to,
    null as other_valid_from,
from roles
where last_day < first_day
