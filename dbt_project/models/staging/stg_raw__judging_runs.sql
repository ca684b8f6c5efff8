with

source as (

    select * from {{ source('raw', 'judging_runs') }}

),

final as (

    select
        judging_run_id,
        extraction_run_id,
        judge_version,
        codebook_version,
        dump_date,
        started_at,
        stance_count,
    from source

)

select * from final
