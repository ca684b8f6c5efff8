with

outlets as (

    select * from {{ ref('outlets') }}

),

names as (

    select
        domain,
        outlet_name as alias,
    from outlets

    union all

    select
        domain,
        unnest(string_split(aliases, '|')) as alias,
    from outlets
    where aliases is not null

),

final as (

    select
        {{ fold_name('alias') }} as folded_alias,
        min(domain) as domain,
    from names
    group by all

)

select * from final
