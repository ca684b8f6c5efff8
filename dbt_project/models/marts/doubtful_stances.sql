with

stances as (

    select * from {{ ref('int_stances__held') }}

),

final as (

    select * exclude (article_id, dump_date)
    from stances
    where confidence < {{ var('minimum_stance_confidence') }}

)

select * from final
