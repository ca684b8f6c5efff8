with

versions as (

    select * from {{ ref('int_article_deliveries__versioned') }}

),

outlet_names as (

    select * from {{ ref('int_outlet_names__resolved') }}

),

outlets as (

    select * from {{ ref('int_outlets__unioned') }}

),

current_versions as (

    select
        versions.*,
        outlet_names.outlet_id,
        coalesce(outlets.is_wire, false) as is_wire,
        count(*) over (partition by versions.content_hash) as copy_count,
    from versions
    left join outlet_names
        on
            versions.outlet_name is not distinct from outlet_names.outlet_name
            and versions.outlet_domain is not distinct from outlet_names.outlet_domain
    left join outlets on outlet_names.outlet_id = outlets.outlet_id
    where versions.is_current

),

clustered as (

    select
        *,
        case
            when copy_count = 1 and wire_credit is not null and title is not null
                then {{ make_id(["'wire'", 'lower(wire_credit)', 'lower(title)']) }}
            else {{ make_id(["'text'", 'content_hash']) }}
        end as duplicate_cluster_id,
    from current_versions

),

final as (

    select
        *,
        row_number() over (
            partition by duplicate_cluster_id
            order by
                is_wire desc,
                lower(outlet_name) is not distinct from lower(wire_credit) desc,
                published_at asc nulls last,
                dump_date,
                article_id
        ) = 1 as is_cluster_original,
    from clustered

)

select * from final
