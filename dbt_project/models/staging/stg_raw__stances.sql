with

source as (

    select * from {{ source('raw', 'stances') }}

),

final as (

    select
        stance_id,
        statement_id,
        article_version_id,
        dump_date,
        holder_entity_number,
        on_behalf_of_entity_number,
        proposition_id,
        codebook_version,
        position,
        position_score,
        expression,
        condition_text,
        evidence_text,
        char_start,
        char_end,
        held_from,
        confidence,
    from source

)

select * from final
