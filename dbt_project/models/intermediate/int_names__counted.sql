with

entities as (

    select * from {{ ref('int_entities__placed') }}

),

counted as (

    select
        name_id,
        any_value(entity_name) as entity_name,
        any_value(entity_type) as entity_type,
        any_value(country_code) as country_code,
        count(*) as entity_count,
        min(article_date) as first_seen_on,
        max(article_date) as last_seen_on,
    from entities
    group by name_id

),

final as (

    select
        *,
        {{ fold_name('entity_name') }} as folded_name,
    from counted

)

select * from final
