with

mentions as (

    select * from {{ ref('stg_raw__mentions') }}
    {{ where_touched('int_versions__rewritten') }}

),

versions as (

    select * from {{ ref('int_article_deliveries__versioned') }}
    {{ where_touched('int_versions__rewritten') }}

),

linked as (

    select * from {{ ref('int_entities__linked') }}
    {{ where_touched('int_versions__rewritten') }}

),

rejected as (

    select * from {{ ref('int_aliases__rejected') }}

),

final as (

    select
        mentions.mention_id,
        mentions.article_version_id,
        linked.actor_id,
        mentions.surface,
        case
            when mentions.link_method not in ('full_name', 'surname') or linked.linked_by = 'name'
                then mentions.link_method
            else linked.linked_by
        end as link_method,
        mentions.char_start,
        mentions.char_end,
        mentions.link_confidence * {{ name_confidence('linked.linked_by') }} as link_confidence,
        versions.is_current,
        versions.article_date,
        versions.dump_date,
    from mentions
    inner join versions on mentions.article_version_id = versions.article_version_id
    inner join linked
        on
            mentions.article_version_id = linked.article_version_id
            and mentions.entity_number = linked.entity_number
    anti join rejected
        on mentions.surface = rejected.alias and linked.actor_id = rejected.actor_id

)

select * from final
order by dump_date
