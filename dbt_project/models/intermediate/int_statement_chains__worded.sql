with

hops as (

    select * from {{ ref('stg_raw__statement_hops') }}
    {{ where_touched('int_versions__rewritten') }}

),

sources as (

    select * from {{ ref('int_sources__identified') }}
    {{ where_touched('int_versions__rewritten') }}

),

outlets as (

    select * from {{ ref('int_outlets__unioned') }}

),

actors as (

    select * from {{ ref('int_actors__unioned') }}

),

labelled as (

    select
        hops.statement_id,
        hops.article_version_id,
        hops.dump_date,
        hops.hop_number,
        coalesce(outlets.outlet_name, sources.descriptor, actors.actor_name) as source_label,
    from hops
    inner join sources
        on
            hops.article_version_id = sources.article_version_id
            and hops.source_number = sources.source_number
    left join outlets on sources.outlet_id = outlets.outlet_id
    left join actors on sources.actor_id = actors.actor_id

),

final as (

    select
        statement_id,
        article_version_id,
        dump_date,
        string_agg(source_label, ' < ' order by hop_number) as attribution_chain,
    from labelled
    group by all

)

select * from final
order by dump_date
