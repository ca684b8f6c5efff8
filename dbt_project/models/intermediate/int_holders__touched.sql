with

touched_keys as (

    select * from {{ ref('stg_raw__touched_keys') }}

),

final as (

    select distinct key as holder_actor_id
    from touched_keys
    where noted_by in {{ noted_by('int_stances__counted', 'int_actors__unioned') }}

)

select * from final
