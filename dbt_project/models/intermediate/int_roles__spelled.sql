with

office_holders as (

    select * from {{ ref('office_holders') }}

),

entity_roles as (

    select * from {{ ref('stg_raw__entity_roles') }}

),

linked as (

    select * from {{ ref('int_entities__linked') }}

),

versions as (

    select * from {{ ref('int_article_deliveries__versioned') }}

),

countries as (

    select * from {{ ref('int_countries__aliased') }}

),

registry_names as (

    select * from {{ ref('int_registry_names__unioned') }}
    where name_kind = 'body'

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
            when country_code is not null then {{ make_id(["'government'", 'country_code']) }}
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

evidence as (

    select
        linked.actor_id,
        {{ title_case("replace(lower(entity_roles.role_title), 'defence', 'defense')") }}
            as role_title,
        coalesce(countries.country_code, linked.country_code) as country_code,
        registry_names.actor_id as organisation_actor_id,
        versions.article_date,
        versions.article_version_id,
    from entity_roles
    inner join linked
        on
            entity_roles.article_version_id = linked.article_version_id
            and entity_roles.entity_number = linked.entity_number
    inner join versions on entity_roles.article_version_id = versions.article_version_id
    left join countries on entity_roles.country_text = countries.alias
    left join registry_names
        on {{ fold_name('entity_roles.organisation_text') }} = registry_names.folded_alias
    where
        not entity_roles.is_former
        and linked.entity_type = 'person'
        and linked.actor_id not in (select actor_id from registry_spells)

),

titles as (

    select distinct
        actor_id,
        role_title,
    from evidence

),

-- "Minister" for somebody who is elsewhere called "Defense Minister" is the same office in short.
full_titles as (

    select
        short.actor_id,
        short.role_title,
        min(long.role_title) as full_title,
    from titles as short
    inner join titles as long
        on
            short.actor_id = long.actor_id
            and ends_with(long.role_title, ' ' || short.role_title)
    group by all
    having count(*) = 1

),

worded as (

    select
        evidence.* exclude (role_title),
        coalesce(full_titles.full_title, evidence.role_title) as role_title,
    from evidence
    left join full_titles
        on
            evidence.actor_id = full_titles.actor_id
            and evidence.role_title = full_titles.role_title

),

title_of_the_day as (

    select
        actor_id,
        article_date,
        role_title,
        min(country_code) as country_code,
        min(organisation_actor_id) as organisation_actor_id,
        count(distinct article_version_id) as evidence_count,
        min(article_version_id) as first_evidence_id,
        max(article_version_id) as last_evidence_id,
    from worded
    group by actor_id, article_date, role_title
    qualify row_number() over (
        partition by actor_id, article_date
        order by count(*) desc, length(role_title) desc, role_title
    ) = 1

),

changes as (

    select
        *,
        role_title is distinct from lag(role_title) over by_day as is_new_title,
    from title_of_the_day
    window by_day as (partition by actor_id order by article_date)

),

numbered as (

    select
        *,
        count(*) filter (where is_new_title) over (
            partition by actor_id order by article_date
        ) as spell_number,
    from changes

),

observed_spells as (

    select
        actor_id,
        role_title,
        {{ sector_of_role('role_title') }} as sector_code,
        min(organisation_actor_id) as organisation_actor_id,
        case
            when {{ sector_of_role('role_title') }} in ('GOV', 'MIL')
                and min(country_code) is not null
                then {{ make_id(["'government'", 'min(country_code)']) }}
        end as represents_actor_id,
        min(article_date) as valid_from,
        lead(min(article_date)) over (partition by actor_id order by spell_number) - 1 as valid_to,
        'evidence' as valid_precision,
        'observed' as origin,
        cast(sum(evidence_count) as bigint) as evidence_count,
        arg_min(first_evidence_id, article_date) as first_evidence_id,
        arg_max(last_evidence_id, article_date) as last_evidence_id,
    from numbered
    group by actor_id, spell_number, role_title

),

united as (

    select * from registry_spells
    union all
    select * from observed_spells

),

final as (

    select
        {{ make_id(['actor_id', 'role_title', 'represents_actor_id', 'organisation_actor_id', 'valid_from']) }}
            as actor_role_id,
        *,
    from united

)

select * from final
