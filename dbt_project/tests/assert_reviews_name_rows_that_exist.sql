-- A decision about a row that is gone decides nothing: somebody should look at it again. An actor
-- that became part of another and an alias that was rejected are there until the review is taken back.
{{ config(severity='warn') }}
with

reviewable as (

    select 'fct_stances' as target_table, stance_id as target_id from {{ ref('fct_stances') }}
    union all
    select 'dim_actors', actor_id from {{ ref('dim_actors') }}
    union all
    select 'dim_actors', actor_id from {{ ref('int_names__identified') }}
    union all
    select 'dim_actors', actor_id from {{ ref('int_registry_actors__unioned') }}
    union all
    select 'dim_actors', named_actor_id from {{ ref('int_names__linked') }}
    union all
    select 'dim_actor_aliases', actor_alias_id from {{ ref('dim_actor_aliases') }}
    union all
    select 'dim_actor_aliases', actor_alias_id from {{ ref('int_aliases__rejected') }}
    union all
    select 'dim_actor_roles', actor_role_id from {{ ref('dim_actor_roles') }}

)

select
    reviews.target_table,
    reviews.target_id,
    reviews.decision,
    reviews.reviewer,
from {{ ref('fct_reviews') }} as reviews
anti join reviewable using (target_table, target_id)
