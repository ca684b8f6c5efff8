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

copies as (

    select * from {{ ref('int_article_copies__matched') }}

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

keyed as (

    select
        *,
        case
            when copy_count = 1 and wire_credit is not null and title is not null
                then {{ make_id(["'wire'", 'lower(wire_credit)', 'lower(title)']) }}
            else {{ make_id(["'text'", 'content_hash']) }}
        end as own_cluster_id,
    from current_versions

),

clustered as (

    select
        keyed.* exclude (own_cluster_id),
        coalesce(originals.own_cluster_id, keyed.own_cluster_id) as duplicate_cluster_id,
    from keyed
    left join copies on keyed.article_id = copies.article_id
    left join keyed as originals on copies.original_article_id = originals.article_id

),

ranked as (

    select
        *,
        lower(outlet_name) is not distinct from lower(wire_credit) and wire_credit is not null
            as is_credited,
        count(*) over (partition by duplicate_cluster_id) as cluster_size,
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

),

final as (

    select
        * exclude (is_credited, cluster_size),
        case
            when not is_cluster_original then 'copy'
            when cluster_size = 1 then 'only one'
            when is_wire then 'wire agency'
            when is_credited then 'credited outlet'
            when published_at is not null then 'published first'
            else 'delivered first'
        end as cluster_role,
    from ranked

)

select * from final
