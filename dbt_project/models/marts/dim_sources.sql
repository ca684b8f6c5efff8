with

sources as (

    select * from {{ ref('int_sources__identified') }}
    {{ where_touched('int_sources__touched', ['source_id']) }}

),

final as (

    select
        source_id,
        min(actor_id) as actor_id,
        min(outlet_id) as outlet_id,
        case when not bool_or(is_named) then min(article_id) end as article_id,
        min(source_type) as source_type,
        min(descriptor) as descriptor,
        min(country_code) as descriptor_country_code,
        min(sector_code) as descriptor_sector_code,
        min(descriptor_rank) as descriptor_rank,
        bool_or(is_named) as is_named,
        bool_or(is_plural) as is_plural,
    from sources
    group by source_id

)

select * from final
