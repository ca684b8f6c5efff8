with

countries as (

    select * from {{ ref('int_countries__aliased') }}

),

names as (

    select * from {{ ref('int_registry_names__unioned') }}

),

actors as (

    select * from {{ ref('int_registry_actors__unioned') }}

),

compared as (

    select
        names.actor_id,
        names.alias,
        actors.actor_type,
        names.folded_alias,
        {{ fold_name('actors.actor_name') }} as folded_name,
        len(list_intersect(
            string_split(names.folded_alias, ' '),
            string_split({{ fold_name('actors.actor_name') }}, ' ')
        )) as common_word_count,
    from names
    inner join actors on names.actor_id = actors.actor_id

),

typed as (

    select
        alias,
        {{ make_id(["'government'", 'country_code']) }} as actor_id,
        case alias_type
            when 'name' then 'full_name'
            when 'capital' then 'metonym'
            when 'adjective' then 'demonym_title'
            when 'people' then 'demonym_title'
            else alias_type
        end as alias_type,
    from countries

    union all

    select
        alias,
        actor_id,
        case
            when regexp_full_match(alias, '[A-Z.]{2,6}') then 'acronym'
            when actor_type = 'person' and not contains(alias, ' ') then 'surname'
            when
                actor_type = 'person'
                and folded_alias <> folded_name
                and {{ spelling_key('folded_alias') }} = {{ spelling_key('folded_name') }}
                then 'transliteration'
            when actor_type = 'ministry' and common_word_count = 0 then 'metonym'
            else 'full_name'
        end as alias_type,
    from compared

    union all

    select
        actor_name as alias,
        actor_id,
        'full_name' as alias_type,
    from actors

),

final as (

    select
        alias,
        actor_id,
        min(alias_type) as alias_type,
    from typed
    group by alias, actor_id

)

select * from final
