-- An office has one holder on any one day, and nobody leaves before taking it.
select
    one.role_title,
    coalesce(one.country_code, one.organisation_name) as office_of,
    one.actor_name,
    one.valid_from,
    one.valid_to,
    other.actor_name as other_actor_name,
    other.valid_from as other_valid_from,
from {{ ref('office_holders') }} as one
inner join {{ ref('office_holders') }} as other
    on
        one.role_title = other.role_title
        and one.country_code is not distinct from other.country_code
        and one.organisation_name is not distinct from other.organisation_name
        and (one.valid_from, one.actor_name) < (other.valid_from, other.actor_name)
        and coalesce(one.valid_to, date '9999-12-31') >= other.valid_from

union all

select
    role_title,
    coalesce(country_code, organisation_name) as office_of,
    actor_name,
    valid_from,
    valid_to,
    null as other_actor_name,
    null as other_valid_from,
from {{ ref('office_holders') }}
where valid_to < valid_from
