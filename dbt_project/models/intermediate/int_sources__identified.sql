with

sources as (

    select * from {{ ref('stg_raw__sources') }}
    {{ where_touched('int_versions__rewritten') }}

),

versions as (

    select * from {{ ref('int_article_deliveries__versioned') }}
    {{ where_touched('int_versions__rewritten') }}

),

linked as (

    select * from {{ ref('int_entities__linked') }}
    {{ where_touched('int_versions__rewritten') }}

),

articles as (

    select * from {{ ref('int_articles__clustered') }}

),

countries as (

    select * from {{ ref('int_countries__aliased') }}

),

located as (

    select
        sources.article_version_id,
        sources.source_number,
        versions.article_id,
        versions.dump_date,
        sources.source_type,
        sources.is_named,
        sources.is_plural,
        sources.source_name,
        sources.descriptor,
        sources.descriptor_rank,
        sources.sector_code,
        countries.country_code,
        case when sources.source_number > 0 then linked.actor_id end as actor_id,
        case
            when sources.source_number = 0 then articles.outlet_id
            when sources.source_type = 'outlet' then linked.actor_id
        end as outlet_id,
    from sources
    inner join versions on sources.article_version_id = versions.article_version_id
    left join linked
        on
            sources.article_version_id = linked.article_version_id
            and sources.entity_number = linked.entity_number
    -- What an article says of its outlet now holds for its earlier versions, too.
    left join articles on versions.article_id = articles.article_id
    left join countries on sources.country_text = countries.alias

),

final as (

    select
        case
            when source_type = 'outlet' and outlet_id is not null
                then {{ make_id(["'source'", "'outlet'", 'outlet_id']) }}
            when is_named and actor_id is not null
                then {{ make_id(["'source'", 'source_type', 'actor_id', 'lower(descriptor)']) }}
            else {{ make_id(["'source'", 'source_type', 'article_id', 'lower(coalesce(descriptor, source_name))']) }}
        end as source_id,
        article_version_id,
        source_number,
        article_id,
        dump_date,
        source_type,
        descriptor,
        descriptor_rank,
        sector_code,
        country_code,
        actor_id,
        outlet_id,
        is_named and (actor_id is not null or outlet_id is not null) as is_named,
        is_plural,
    from located

)

select * from final
order by dump_date
