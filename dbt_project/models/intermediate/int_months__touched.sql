with

touched_keys as (

    select * from {{ ref('stg_raw__touched_keys') }}

),

voices as (

    select * from {{ ref('int_voices__counted') }}

),

renamed_actors as (

    select key as actor_id
    from touched_keys
    where noted_by in {{ noted_by('int_actors__unioned') }}

),

final as (

    select cast(key as date) as month_start
    from touched_keys
    where noted_by in {{ noted_by('int_voices__counted') }}

    union

    select voices.month_start
    from voices
    semi join renamed_actors on voices.actor_id = renamed_actors.actor_id

)

select * from final
