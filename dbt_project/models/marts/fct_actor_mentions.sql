with

mentions as (

    select * from {{ ref('int_mentions__dated') }}

),

final as (

    select
        mention_id,
        article_version_id,
        actor_id,
        surface,
        link_method,
        char_start,
        char_end,
        link_confidence,
        is_current,
    from mentions

)

select * from final
