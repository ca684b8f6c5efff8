with

source as (

    select * from {{ source('raw', 'interactions') }}

),

final as (

    select
        interaction_id,
        statement_id,
        article_version_id,
        dump_date,
        interaction_type,
        mode,
        initiator_entity_number,
        recipient_entity_number,
        requested_by_entity_number,
        place,
        evidence_text,
        char_start,
        char_end,
        happened_from,
        happened_to,
        happened_precision,
    from source

)

select * from final
