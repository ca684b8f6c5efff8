with

actors as (

    select * from {{ ref('int_actors__unioned') }}

),

final as (

    select
        actor_id,
        parent_actor_id,
        actor_name,
        actor_type,
        country_code,
        sector_code,
        cast(null as varchar) as wikidata_qid,
        origin,
        review_status,
        first_seen_on,
        last_seen_on,
    from actors

)

select * from final
