-- A name that two actors of the registry bear would link to either by chance.
select
    folded_alias,
    count(*) as actor_count,
    list(alias order by alias) as spellings,
from {{ ref('int_registry_names__unioned') }}
group by folded_alias
having count(distinct actor_id) > 1
