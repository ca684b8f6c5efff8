with

evidence as (

    select * from {{ ref('int_role_evidence__worded') }}

),

former as (

    select distinct
        actor_id,
        role_title,
        article_date,
    from evidence
    where is_former

),

-- Who is called a former minister on the same day holds the office no more.
held as (

    select evidence.*
    from evidence
    anti join former
        on
            evidence.actor_id = former.actor_id
            and evidence.role_title = former.role_title
            and evidence.article_date = former.article_date
    where not evidence.is_former

),

-- Each version has one day, so that what is counted of days adds up.
days as (

    select
        actor_id,
        role_title,
        article_date,
        min(organisation_actor_id) as organisation_actor_id,
        min(country_code) as country_code,
        count(distinct article_version_id) as evidence_count,
        min(article_version_id) as first_evidence_id,
        max(article_version_id) as last_evidence_id,
    from held
    group by all

),

ranges as (

    select
        actor_id,
        role_title,
        min(article_date) as first_day,
        max(article_date) as last_day,
    from days
    group by all

),

other_titles as (

    select
        ranges.actor_id,
        ranges.role_title,
        days.role_title as other_role_title,
        bool_or(days.article_date between ranges.first_day and ranges.last_day) as is_met_within,
    from ranges
    inner join days
        on ranges.actor_id = days.actor_id and ranges.role_title <> days.role_title
    group by all

),

-- Two titles are held side by side when each is given while the other goes on being given.
rivals as (

    select
        one.actor_id,
        one.role_title,
        one.other_role_title,
    from other_titles as one
    inner join other_titles as other
        on
            one.actor_id = other.actor_id
            and one.role_title = other.other_role_title
            and one.other_role_title = other.role_title
    where not (one.is_met_within and other.is_met_within)

),

ends as (

    select
        rivals.actor_id,
        rivals.role_title,
        days.article_date,
    from rivals
    inner join days
        on rivals.actor_id = days.actor_id and rivals.other_role_title = days.role_title

    union

    select * from former

),

next_ends as (

    select
        *,
        lag(article_date, 1, date '0001-01-01') over (
            partition by actor_id, role_title order by article_date
        ) as previous_date,
    from ends

),

closed as (

    select
        days.*,
        next_ends.article_date as closed_on,
    from days
    left join next_ends
        on
            days.actor_id = next_ends.actor_id
            and days.role_title = next_ends.role_title
            and days.article_date >= next_ends.previous_date
            and days.article_date < next_ends.article_date

),

spells as (

    select
        actor_id,
        role_title,
        'evidence' as valid_precision,
        min(organisation_actor_id) as organisation_actor_id,
        min(country_code) as country_code,
        cast(sum(evidence_count) as bigint) as evidence_count,
        arg_min(first_evidence_id, article_date) as first_evidence_id,
        arg_max(last_evidence_id, article_date) as last_evidence_id,
        min(article_date) as valid_from,
        closed_on - 1 as valid_to,
    from closed
    group by actor_id, role_title, closed_on

),

first_former as (

    select
        actor_id,
        role_title,
        min(article_date) as first_day,
    from former
    group by all

),

-- An office that was over before the articles begin: its last day is not known, only that the day
-- before it was called former is no day of it any more.
past as (

    select
        evidence.actor_id,
        evidence.role_title,
        'former' as valid_precision,
        min(evidence.organisation_actor_id) as organisation_actor_id,
        min(evidence.country_code) as country_code,
        count(distinct evidence.article_version_id) as evidence_count,
        arg_min(evidence.article_version_id, (evidence.article_date, evidence.article_version_id))
            as first_evidence_id,
        arg_max(evidence.article_version_id, (evidence.article_date, evidence.article_version_id))
            as last_evidence_id,
        cast(null as date) as valid_from,
        first_former.first_day - 1 as valid_to,
    from first_former
    inner join evidence
        on
            first_former.actor_id = evidence.actor_id
            and first_former.role_title = evidence.role_title
            and evidence.is_former
    left join ranges
        on
            first_former.actor_id = ranges.actor_id
            and first_former.role_title = ranges.role_title
    where ranges.first_day is null or ranges.first_day > first_former.first_day
    group by evidence.actor_id, evidence.role_title, first_former.first_day

),

final as (

    select * from spells
    union all
    select * from past

)

select * from final
