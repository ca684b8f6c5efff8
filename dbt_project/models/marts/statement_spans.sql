with

spans as (

    select * from {{ ref('stg_raw__statement_spans') }}

),

statements as (

    select * from {{ ref('fct_statements') }}

),

final as (

    select
        spans.statement_id,
        spans.span_text,
        spans.span_number,
        spans.char_start,
        spans.char_end,
    from spans
    inner join statements on spans.statement_id = statements.statement_id

)

select * from final
