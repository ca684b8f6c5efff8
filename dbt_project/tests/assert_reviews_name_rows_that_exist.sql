-- A decision about a row that is gone decides nothing: somebody should look at it again. An actor
-- that became part of another and an alias that was rejected are there until the review is taken back.
{{ config(severity='warn') }}
with

reviewable as (

    select 'fct_stances' as target_table, stance_id as target_id from {{ ref('fct_stances') }}
    union
    select 'dim_actors', actor_id from {{ ref('dim_actors') }}
    union
    select 'dim_actors', actor_id from {{ ref('int_entities__identified') }}
    union
    select 'dim_actors', actor_id from {{ ref('int_registry_actors__unioned') }}
    union
    select 'dim_actors', named_actor_id from {{ ref('int_entities__linked') }}
    union
    select 'dim_actor_aliases', actor_alias_id from {{ ref('dim_actor_aliases') }}
    union
    select 'dim_actor_aliases', actor_alias_id from {{ ref('int_aliases__rejected') }}
    union
    select 'dim_actor_roles', actor_role_id from {{ ref('dim_actor_roles') }}

)

select
    reviews.target_table,
    reviews.target_id,
    reviews.decision,
    reviews.reviewer,
from {{ ref('fct_reviews') }} as reviews
anti join reviewable using (target_table, target_id)
