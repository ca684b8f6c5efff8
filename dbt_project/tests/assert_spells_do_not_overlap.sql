-- One holder has one position on a proposition on any one day.
select
    one.holder_actor_id,
    one.proposition_id,
    one.valid_from,
from {{ ref('stance_timeline') }} as one
inner join {{ ref('stance_timeline') }} as other
    on
        one.holder_actor_id = other.holder_actor_id
        and one.proposition_id = other.proposition_id
        and one.valid_from < other.valid_from
        and coalesce(one.valid_to, date '9999-12-31') >= other.valid_from
