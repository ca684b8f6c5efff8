with

mentions as (

    select * from {{ ref('stg_raw__mentions') }}
    {{ where_touched('int_versions__loaded', ['dump_date']) }}

),

entities as (

    select * from {{ ref('int_entities__placed') }}
    {{ where_touched('int_versions__loaded', ['dump_date']) }}

),

final as (

    select
        mentions.dump_date,
        mentions.surface,
        entities.name_id,
        mentions.link_method,
        max(mentions.link_confidence) as link_confidence,
        count(*) as mention_count,
        min(entities.article_date) as first_seen_on,
        max(entities.article_date) as last_seen_on,
    from mentions
    inner join entities
        on
            mentions.article_version_id = entities.article_version_id
            and mentions.entity_number = entities.entity_number
    group by all

)

select * from final
order by dump_date
