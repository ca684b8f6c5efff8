with

names as (

    select * from {{ ref('int_names__counted') }}

),

-- How a name is spelt never changes.
folded as (

    select distinct folded_name
    from names
    where
        entity_type = 'person'
        {% if is_incremental() %} and folded_name not in (select folded_name from {{ this }}) {% endif %}

),

parted as (

    select
        folded_name,
        {{ plain_name('folded_name') }} as plain_name,
        {{ middle_initials('folded_name') }} as initials,
        {{ generational_suffix('folded_name') }} as suffix,
    from folded

),

final as (

    select
        *,
        {{ spelling_key('plain_name') }} as spelling_key,
    from parted

)

select * from final
