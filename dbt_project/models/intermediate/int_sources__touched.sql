with

touched_keys as (

    select * from {{ ref('stg_raw__touched_keys') }}

),

final as (

    select key as source_id
    from touched_keys
    where noted_by in {{ noted_by('int_sources__identified') }}

)

select * from final
