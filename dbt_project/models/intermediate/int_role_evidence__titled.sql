with

entity_roles as (

    select * from {{ ref('stg_raw__entity_roles') }}
    {{ where_touched('int_versions__relinked') }}

),

linked as (

    select * from {{ ref('int_entities__linked') }}
    {{ where_touched('int_versions__relinked') }}

),

versions as (

    select * from {{ ref('int_article_deliveries__versioned') }}
    {{ where_touched('int_versions__relinked') }}

),

countries as (

    select * from {{ ref('int_countries__aliased') }}

),

registry_names as (

    select * from {{ ref('int_registry_names__unioned') }}
    where name_kind = 'body'

),

final as (

    select
        linked.actor_id,
        linked.article_version_id,
        {{ office_title('entity_roles.role_title') }} as role_title,
        coalesce(countries.country_code, linked.country_code) as country_code,
        registry_names.actor_id as organisation_actor_id,
        entity_roles.is_former,
        linked.dump_date,
        linked.article_date,
    from entity_roles
    inner join linked
        on
            entity_roles.article_version_id = linked.article_version_id
            and entity_roles.entity_number = linked.entity_number
    -- A title that a correction took back is no evidence any more.
    inner join versions
        on linked.article_version_id = versions.article_version_id and versions.is_current
    left join countries on entity_roles.country_text = countries.alias
    left join registry_names
        on {{ fold_name('entity_roles.organisation_text') }} = registry_names.folded_alias

)

select * from final
order by dump_date
