with

spans as (

    select * from {{ ref('stg_raw__statement_spans') }}
    {{ where_touched('int_versions__rewritten', ['dump_date']) }}

),

statements as (

    select * from {{ ref('fct_statements') }}
    {{ where_touched('int_versions__rewritten') }}

),

final as (

    select
        spans.statement_id,
        statements.article_version_id as statement_article_version_id,
        spans.span_text,
        spans.span_number,
        spans.char_start,
        spans.char_end,
        statements.dump_date,
    from spans
    inner join statements on spans.statement_id = statements.statement_id

)

select * from final
order by dump_date
