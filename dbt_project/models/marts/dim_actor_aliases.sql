with

actors as (

    select * from {{ ref('int_actors__unioned') }}

),

countries as (

    select * from {{ ref('int_countries__aliased') }}

),

registry_names as (

    select * from {{ ref('int_registry_names__unioned') }}

),

mentions as (

    select * from {{ ref('int_mentions__dated') }}

),

registry_aliases as (

    select
        alias,
        {{ make_id(["'government'", 'country_code']) }} as actor_id,
        case alias_type
            when 'name' then 'full_name'
            when 'capital' then 'metonym'
            when 'adjective' then 'demonym_title'
            when 'people' then 'demonym_title'
            else alias_type
        end as alias_type,
    from countries

    union all

    select
        alias,
        actor_id,
        case when regexp_matches(alias, '^[A-Z.]{2,6}$') then 'acronym' else 'full_name' end,
    from registry_names

    union all

    select
        actor_name,
        actor_id,
        'full_name',
    from actors

),

registry as (

    select
        alias,
        actor_id,
        min(alias_type) as alias_type,
    from registry_aliases
    group by alias, actor_id

),

seen as (

    select
        surface as alias,
        actor_id,
        case arg_max(link_method, link_confidence)
            when 'demonym' then 'demonym_title'
            when 'title' then 'demonym_title'
            when 'pronoun' then 'surname'
            else arg_max(link_method, link_confidence)
        end as alias_type,
        min(article_date) as first_seen_on,
        max(article_date) as last_seen_on,
        count(*) as mention_count,
    from mentions
    group by surface, actor_id

),

final as (

    select
        coalesce(registry.alias, seen.alias) as alias,
        coalesce(registry.actor_id, seen.actor_id) as actor_id,
        coalesce(registry.alias_type, seen.alias_type) as alias_type,
        case
            when actors.origin = 'registry' and registry.alias is not null then 'registry'
            else 'observed'
        end as origin,
        coalesce(seen.mention_count, 0) as mention_count,
        seen.first_seen_on as valid_from,
        seen.last_seen_on as valid_to,
    from registry
    full join seen on registry.alias = seen.alias and registry.actor_id = seen.actor_id
    inner join actors on coalesce(registry.actor_id, seen.actor_id) = actors.actor_id

)

select * from final
