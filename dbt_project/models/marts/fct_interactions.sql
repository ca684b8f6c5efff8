with

interactions as (

    select * from {{ ref('stg_raw__interactions') }}
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

final as (

    select
        interactions.interaction_id,
        interactions.statement_id,
        interactions.article_version_id,
        initiators.actor_id as initiator_actor_id,
        recipients.actor_id as recipient_actor_id,
        requesters.actor_id as requested_by_actor_id,
        interactions.interaction_type,
        interactions.mode,
        interactions.place,
        interactions.evidence_text,
        interactions.happened_precision,
        interactions.char_start,
        interactions.char_end,
        versions.is_current,
        interactions.happened_from,
        interactions.happened_to,
        interactions.dump_date,
    from interactions
    inner join versions on interactions.article_version_id = versions.article_version_id
    inner join linked as initiators
        on
            interactions.article_version_id = initiators.article_version_id
            and interactions.initiator_entity_number = initiators.entity_number
    inner join linked as recipients
        on
            interactions.article_version_id = recipients.article_version_id
            and interactions.recipient_entity_number = recipients.entity_number
    left join linked as requesters
        on
            interactions.article_version_id = requesters.article_version_id
            and interactions.requested_by_entity_number = requesters.entity_number

)

select * from final
order by dump_date
