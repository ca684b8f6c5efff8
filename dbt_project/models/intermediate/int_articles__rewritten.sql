with

loaded as (

    select * from {{ ref('int_versions__loaded') }}

),

rewritten as (

    select * from {{ ref('int_versions__rewritten') }}

),

deliveries as (

    select * from {{ ref('int_article_deliveries__versioned') }}

),

-- A version that is no longer delivered is known by the load that took it away.
final as (

    select article_id
    from loaded

    union

    select deliveries.article_id
    from deliveries
    semi join rewritten
        on
            deliveries.dump_date = rewritten.dump_date
            and deliveries.article_version_id = rewritten.article_version_id

)

select * from final
