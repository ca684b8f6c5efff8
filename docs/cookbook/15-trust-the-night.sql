-- Can last night's load be trusted?
-- The newest night first, so that it can be compared with the nights before. A speaker is
-- unresolved when no actor is known for it; a stance is doubtful below minimum_stance_confidence.
with

nights as (

    select
        dump_date,
        cast(sum(records_read) as bigint) as records_read,
        cast(sum(records_rejected) as bigint) as rejected,
        cast(sum(records_duplicate) as bigint) as duplicate,
    from ops.loads
    group by all

),

last_checks as (

    select
        dump_date,
        severity,
        is_success,
    from ops.validation_results
    qualify row_number() over (
        partition by dump_date, suite_name, severity, expectation_type, column_name
        order by rowid desc
    ) = 1

),

checks as (

    select
        dump_date,
        count(*) filter (where not is_success and severity = 'fail') as failed,
        count(*) filter (where not is_success and severity = 'warn') as warned,
    from last_checks
    group by all

),

speakers as (

    select
        dump_date,
        count(*) filter (where speaker_actor_id is null) as unresolved,
    from marts.fct_statements
    group by all

),

stances as (

    select
        versions.dump_date,
        count(*) as doubtful,
    from marts.doubtful_stances as stances
    inner join marts.dim_article_versions as versions
        on stances.article_version_id = versions.article_version_id
    group by all

)

select
    nights.dump_date,
    nights.records_read as "read",
    nights.rejected,
    nights.duplicate,
    checks.failed,
    checks.warned,
    coalesce(speakers.unresolved, 0) as unresolved,
    coalesce(stances.doubtful, 0) as doubtful,
from nights
left join checks on nights.dump_date = checks.dump_date
left join speakers on nights.dump_date = speakers.dump_date
left join stances on nights.dump_date = stances.dump_date
order by nights.dump_date desc
limit coalesce(getvariable('rows'), 14)
