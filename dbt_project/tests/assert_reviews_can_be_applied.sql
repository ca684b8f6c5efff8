-- An actor becomes part of one that is there, and never of itself by a detour. Outlets are what the
-- registry and the dumps call them: they are put right in seeds/outlets.csv.
with

reviews as (

    select * from {{ ref('int_reviews__settled') }}

),

merges as (

    select * from {{ ref('int_actor_merges__resolved') }}

),

rejected as (

    select * from {{ ref('int_aliases__rejected') }}

),

outlets as (

    select * from {{ ref('int_outlets__unioned') }}

),

actors as (

    select actor_id from {{ ref('int_names__identified') }}
    union
    select actor_id from {{ ref('int_registry_actors__unioned') }}
    union
    select own_actor_id from rejected

)

select
    target_table,
    target_id,
    decision,
    value,
    reviewer,
    case
        when decision <> 'merge' then 'an outlet is corrected in seeds/outlets.csv'
        when value in (select outlet_id from outlets) or target_id in (select outlet_id from outlets)
            then 'outlets may not be merged: correct seeds/outlets.csv'
        when value not in (select actor_id from actors) then 'value is no actor_id of dim_actors'
        else 'the merges run in a circle'
    end as problem,
from reviews
where
    (
        target_table = 'dim_actors'
        and (
            target_id in (select outlet_id from outlets)
            or value in (select outlet_id from outlets)
        )
    )
    or (
        target_table = 'dim_actors'
        and decision = 'merge'
        and (
            value not in (select actor_id from actors)
            or target_id in (
                select actor_id from merges
                where merged_into_actor_id in (select actor_id from merges)
            )
        )
    )
    or (
        target_table = 'dim_actor_aliases'
        and target_id in (
            select actor_alias_id from rejected
            where actor_id in (select outlet_id from outlets)
        )
    )
