with

source as (

    select * from {{ source('raw', 'statement_spans') }}

),

final as (

    select
        statement_id,
        dump_date,
        span_number,
        char_start,
        char_end,
        span_text,
    from source

)

select * from final
