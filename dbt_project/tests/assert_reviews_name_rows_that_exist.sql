-- A decision about a row that is gone decides nothing: somebody should look at it again.
{{ config(severity='warn') }}
with

reviewable as (

    select 'fct_stances' as target_table, stance_id as target_id from {{ ref('fct_stances') }}

)

select
    reviews.target_table,
    reviews.target_id,
    reviews.decision,
    reviews.reviewer,
from {{ ref('fct_reviews') }} as reviews
anti join reviewable using (target_table, target_id)
