with

stances as (

    select * from {{ ref('int_stances__held') }}
    {{ where_touched('int_versions__rewritten') }}

),

final as (

    select * exclude (article_id)
    from stances
    where confidence < {{ var('minimum_stance_confidence') }}

)

select * from final
order by dump_date
