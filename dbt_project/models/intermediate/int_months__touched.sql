with

days as (

    select * from {{ ref('int_days__touched') }}

),

final as (

    select distinct cast(date_trunc('month', date_day) as date) as month_start
    from days

)

select * from final
