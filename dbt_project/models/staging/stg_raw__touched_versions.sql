with

source as (

    select * from {{ source('raw', 'touched_versions') }}

),

final as (

    select
        article_version_id,
        article_id,
        dump_date,
    from source

)

select * from final
