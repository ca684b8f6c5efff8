with

source as (

    select * from {{ source('raw', 'statements') }}

),

final as (

    select
        statement_id,
        article_version_id,
        dump_date,
        source_number,
        addressee_entity_number,
        on_behalf_of_entity_number,
        quote_type,
        cue,
        channel,
        modality,
        content_text,
        char_start,
        char_end,
        quote_prefix,
        quote_suffix,
        sentence_number,
        said_from,
        said_to,
        said_precision,
        confidence,
    from source

)

select * from final
