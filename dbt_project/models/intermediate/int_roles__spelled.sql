with

office_holders as (

    select * from {{ ref('office_holders') }}

),

observed_roles as (

    select * from {{ ref('int_observed_roles__spelled') }}

),

merges as (

    select * from {{ ref('int_actor_merges__resolved') }}

),

reviews as (

    select * from {{ ref('int_reviews__settled') }}
    where target_table = 'dim_actor_roles'

),

registry_spells as (

    select
        {{ make_id(["'person'", fold_name('actor_name')]) }} as actor_id,
        role_title,
        sector_code,
        case
            when organisation_name is not null
                then {{ make_id(["'body'", fold_name('organisation_name')]) }}
        end as organisation_actor_id,
        case
            when sector_code in ('GOV', 'MIL') and country_code is not null
                then {{ make_id(["'government'", 'country_code']) }}
        end as represents_actor_id,
        valid_from,
        valid_to,
        'day' as valid_precision,
        'registry' as origin,
        0 as evidence_count,
        cast(null as varchar) as first_evidence_id,
        cast(null as varchar) as last_evidence_id,
    from office_holders

),

observed_spells as (

    select
        actor_id,
        role_title,
        {{ sector_of_role('role_title') }} as sector_code,
        organisation_actor_id,
        case
            when {{ sector_of_role('role_title') }} in ('GOV', 'MIL') and country_code is not null
                then {{ make_id(["'government'", 'country_code']) }}
        end as represents_actor_id,
        valid_from,
        valid_to,
        valid_precision,
        'observed' as origin,
        evidence_count,
        first_evidence_id,
        last_evidence_id,
    from observed_roles

),

united as (

    select * from registry_spells
    union all
    select * from observed_spells

),

-- The id is that of the spell as it was found, so that a review goes on to name it.
identified as (

    select
        {{ make_id(['actor_id', 'role_title', 'represents_actor_id', 'organisation_actor_id', 'valid_from']) }}
            as actor_role_id,
        *,
    from united

),

settled as (

    select
        identified.actor_role_id,
        coalesce(people.merged_into_actor_id, identified.actor_id) as actor_id,
        identified.role_title,
        identified.sector_code,
        coalesce(organisations.merged_into_actor_id, identified.organisation_actor_id)
            as organisation_actor_id,
        coalesce(governments.merged_into_actor_id, identified.represents_actor_id)
            as represents_actor_id,
        identified.valid_from,
        case
            when reviews.decision = 'end' then cast(reviews.value as date)
            else identified.valid_to
        end as valid_to,
        identified.valid_precision,
        identified.origin,
        case reviews.decision when 'end' then 'ended' when 'reject' then 'rejected' else 'unreviewed' end
            as review_status,
        identified.evidence_count,
        identified.first_evidence_id,
        identified.last_evidence_id,
    from identified
    left join merges as people on identified.actor_id = people.actor_id
    left join merges as organisations
        on identified.organisation_actor_id = organisations.actor_id
    left join merges as governments on identified.represents_actor_id = governments.actor_id
    left join reviews on identified.actor_role_id = reviews.target_id

),

-- Of several offices on one day: what the registry knows, then the newest, then the best attested.
final as (

    select
        *,
        row_number() over (
            partition by actor_id
            order by origin = 'registry' desc, valid_from desc, evidence_count desc, actor_role_id
        ) as precedence,
    from settled

)

select * from final
