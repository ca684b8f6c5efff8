with

runs as (

    select * from {{ ref('stg_raw__extraction_runs') }}

),

final as (

    select
        extraction_run_id,
        extractor_version,
        model_hash,
        codebook_version,
        article_count,
        statement_count,
        dump_date,
        started_at,
    from runs

)

select * from final
