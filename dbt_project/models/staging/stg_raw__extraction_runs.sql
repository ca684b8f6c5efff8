with

source as (

    select * from {{ source('raw', 'extraction_runs') }}

),

final as (

    select
        extraction_run_id,
        extractor_version,
        model_hash,
        dump_date,
        input_hash,
        started_at,
        article_count,
        statement_count,
    from source

)

select * from final
