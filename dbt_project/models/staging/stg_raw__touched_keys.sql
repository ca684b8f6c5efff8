with

source as (

    select * from {{ source('raw', 'touched_keys') }}

),

final as (

    select
        noted_by,
        key,
    from source

)

select * from final
