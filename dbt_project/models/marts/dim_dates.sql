with

versions as (

    select * from {{ ref('int_article_deliveries__versioned') }}

),

stances as (

    select * from {{ ref('int_stances__held') }}

),

days as (

    select article_date as date_day from versions
    union all
    select dump_date from versions
    union all
    select held_from from stances

),

bounds as (

    select
        min(date_day) as first_day,
        max(date_day) as last_day,
    from days

),

spread as (

    select unnest(generate_series(first_day, last_day, interval 1 day)) as moment,
    from bounds
    where first_day is not null

),

calendar as (

    select cast(moment as date) as date_day from spread

),

final as (

    select
        dayname(date_day) as day_name,
        monthname(date_day) as month_name,
        cast(year(date_day) as integer) as year,
        cast(quarter(date_day) as integer) as quarter,
        cast(month(date_day) as integer) as month,
        cast(isoyear(date_day) as integer) as iso_year,
        cast(weekofyear(date_day) as integer) as iso_week,
        cast(isodow(date_day) as integer) as iso_day_of_week,
        date_day,
        cast(date_trunc('month', date_day) as date) as month_start,
    from calendar

)

select * from final
