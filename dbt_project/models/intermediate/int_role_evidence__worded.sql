with

entity_roles as (

    select * from {{ ref('stg_raw__entity_roles') }}

),

linked as (

    select * from {{ ref('int_entities__linked') }}

),

actors as (

    select * from {{ ref('int_actors__unioned') }}
    where origin = 'observed' and actor_type = 'person'

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

evidence as (

    select
        linked.actor_id,
        {{ office_title('entity_roles.role_title') }} as role_title,
        coalesce(countries.country_code, linked.country_code) as country_code,
        registry_names.actor_id as organisation_actor_id,
        versions.article_version_id,
        entity_roles.is_former,
        versions.article_date,
    from entity_roles
    inner join linked
        on
            entity_roles.article_version_id = linked.article_version_id
            and entity_roles.entity_number = linked.entity_number
    inner join actors on linked.actor_id = actors.actor_id
    inner join versions on entity_roles.article_version_id = versions.article_version_id
    left join countries on entity_roles.country_text = countries.alias
    left join registry_names
        on {{ fold_name('entity_roles.organisation_text') }} = registry_names.folded_alias

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

final as (

    select
        evidence.* exclude (role_title),
        coalesce(full_titles.full_title, evidence.role_title) as role_title,
    from evidence
    left join full_titles
        on
            evidence.actor_id = full_titles.actor_id
            and evidence.role_title = full_titles.role_title

)

select * from final
