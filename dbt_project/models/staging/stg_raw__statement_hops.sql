with

source as (

    select * from {{ source('raw', 'statement_hops') }}

),

final as (

    select
        statement_id,
        article_version_id,
        dump_date,
        hop_number,
        source_number,
        cue,
        char_start,
        char_end,
        is_implicit,
    from source

)

select * from final
