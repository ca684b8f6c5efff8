with

touched_keys as (

    select * from {{ ref('stg_raw__touched_keys') }}

),

voices as (

    select * from {{ ref('int_voices__counted') }}

),

-- Who is no longer heard in a month is known by the note alone.
noted as (

    select
        {{ part_of_key('key', 1) }} as actor_id,
        cast({{ part_of_key('key', 2) }} as date) as month_start,
    from touched_keys
    where noted_by in {{ noted_by('int_voices__counted') }}

),

renamed_actors as (

    select key as actor_id
    from touched_keys
    where noted_by in {{ noted_by('int_actors__unioned') }}

),

final as (

    select
        actor_id,
        month_start,
    from noted

    union

    select
        voices.actor_id,
        voices.month_start,
    from voices
    semi join renamed_actors on voices.actor_id = renamed_actors.actor_id

)

select * from final
