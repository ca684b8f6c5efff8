with

runs as (

    select * from {{ ref('stg_raw__extraction_runs') }}

),

judging_runs as (

    select * from {{ ref('stg_raw__judging_runs') }}

),

final as (

    select
        runs.extraction_run_id,
        runs.extractor_version,
        runs.model_hash,
        judging_runs.codebook_version,
        judging_runs.judge_version,
        runs.article_count,
        runs.statement_count,
        judging_runs.stance_count,
        runs.dump_date,
        runs.started_at,
    from runs
    inner join judging_runs on runs.extraction_run_id = judging_runs.extraction_run_id

)

select * from final
