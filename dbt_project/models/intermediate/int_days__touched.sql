with

versions as (

    select * from {{ ref('int_article_deliveries__versioned') }}

),

rewritten as (

    select * from {{ ref('int_versions__rewritten') }}

),

touched_keys as (

    select * from {{ ref('stg_raw__touched_keys') }}

),

final as (

    select cast(key as date) as date_day
    from touched_keys
    where noted_by in {{ noted_by('int_article_deliveries__versioned') }}

    union

    select versions.article_date
    from versions
    semi join rewritten on versions.article_version_id = rewritten.article_version_id

)

select * from final
