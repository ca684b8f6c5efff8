with

mentions as (

    select * from {{ ref('stg_raw__mentions') }}

),

versions as (

    select * from {{ ref('int_article_deliveries__versioned') }}

),

linked as (

    select * from {{ ref('int_entities__linked') }}

),

final as (

    select
        mentions.mention_id,
        mentions.article_version_id,
        versions.article_id,
        linked.actor_id,
        mentions.surface,
        mentions.link_method,
        mentions.char_start,
        mentions.char_end,
        mentions.link_confidence,
        versions.is_current,
        versions.article_date,
    from mentions
    inner join versions on mentions.article_version_id = versions.article_version_id
    inner join linked
        on
            mentions.article_version_id = linked.article_version_id
            and mentions.entity_number = linked.entity_number

)

select * from final
