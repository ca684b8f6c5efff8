with

touched_keys as (

    select * from {{ ref('stg_raw__touched_keys') }}

),

final as (

    select key as statement_cluster_id
    from touched_keys
    where noted_by in {{ noted_by('int_statements__clustered') }}

)

select * from final
