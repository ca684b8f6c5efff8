with

organisations as (

    select * from {{ ref('organisations') }}

),

office_holders as (

    select * from {{ ref('office_holders') }}

),

names as (

    select
        {{ make_id(["'body'", fold_name('actor_name')]) }} as actor_id,
        'body' as name_kind,
        country_code,
        unnest(list_distinct(list_concat([actor_name], string_split(coalesce(aliases, actor_name), '|'))))
            as alias,
    from organisations

    union all

    select
        {{ make_id(["'person'", fold_name('actor_name')]) }} as actor_id,
        'person' as name_kind,
        country_code,
        unnest(list_distinct(list_concat([actor_name], string_split(coalesce(aliases, actor_name), '|'))))
            as alias,
    from office_holders

),

final as (

    select
        actor_id,
        name_kind,
        alias,
        {{ fold_name('alias') }} as folded_alias,
        min(country_code) as country_code,
    from names
    group by all

)

select * from final
