with

registry as (

    select * from {{ ref('int_registry_actors__unioned') }}

),

linked as (

    select * from {{ ref('int_names__linked') }}

),

outlets as (

    select * from {{ ref('int_outlets__unioned') }}

),

merges as (

    select * from {{ ref('int_actor_merges__resolved') }}

),

reviews as (

    select * from {{ ref('int_reviews__settled') }}
    where target_table = 'dim_actors'

),

counted as (

    select * from {{ ref('int_names__counted') }}

),

named as (

    select
        linked.*,
        counted.entity_count,
        counted.first_seen_on,
        counted.last_seen_on,
    from linked
    inner join counted on linked.name_id = counted.name_id

),

seen as (

    select
        actor_id,
        min(first_seen_on) as first_seen_on,
        max(last_seen_on) as last_seen_on,
    from named
    group by all

),

spellings as (

    select
        actor_id,
        entity_name,
        cast(sum(entity_count) as bigint) as spelling_count,
    from named
    where actor_id = named_actor_id
    group by all

),

types as (

    select
        actor_id,
        entity_type,
        sum(entity_count) as entity_count,
    from named
    where actor_id = named_actor_id
    group by all

),

usual_types as (

    select
        actor_id,
        entity_type as actor_type,
    from types
    qualify row_number() over (
        partition by actor_id order by entity_count desc, entity_type
    ) = 1

),

usual_names as (

    select
        actor_id,
        entity_name as actor_name,
    from spellings
    qualify row_number() over (
        partition by actor_id order by {{ spelling_first('entity_name', 'spelling_count') }}
    ) = 1

),

described as (

    select
        named.actor_id,
        usual_types.actor_type,
        min(named.ministry_name) as ministry_name,
        min(named.country_code) as country_code,
    from named
    inner join usual_types on named.actor_id = usual_types.actor_id
    where named.actor_id = named.named_actor_id
    group by all

),

observed as (

    select
        described.actor_id,
        coalesce(described.ministry_name, usual_names.actor_name) as actor_name,
        described.actor_type,
        described.country_code,
        case
            when described.actor_type in ('ministry', 'armed_force')
                and described.country_code is not null
                then {{ make_id(["'government'", 'described.country_code']) }}
        end as parent_actor_id,
        case described.actor_type
            when 'ministry' then 'GOV'
            when 'government' then 'GOV'
            when 'armed_force' then 'MIL'
            when 'outlet' then 'JRN'
            when 'international_organisation' then 'IGO'
        end as sector_code,
        'observed' as origin,
    from described
    inner join usual_names on described.actor_id = usual_names.actor_id
    left join registry on described.actor_id = registry.actor_id
    where registry.actor_id is null

),

united as (

    select
        *,
        'registry' as origin,
    from registry

    union all

    select * from observed

),

renamed as (

    select
        target_id as actor_id,
        value as actor_name,
    from reviews
    where decision = 'rename'

),

final as (

    select
        united.actor_id,
        coalesce(renamed.actor_name, outlets.outlet_name, united.actor_name) as actor_name,
        united.actor_type,
        united.country_code,
        coalesce(parents.merged_into_actor_id, united.parent_actor_id) as parent_actor_id,
        united.sector_code,
        united.origin,
        case
            when renamed.actor_id is not null then 'renamed'
            when united.actor_id in (select merged_into_actor_id from merges) then 'merged'
            else 'unreviewed'
        end as review_status,
        seen.first_seen_on,
        seen.last_seen_on,
    from united
    left join outlets on united.actor_id = outlets.outlet_id
    left join seen on united.actor_id = seen.actor_id
    left join renamed on united.actor_id = renamed.actor_id
    left join merges as parents on united.parent_actor_id = parents.actor_id
    anti join merges on united.actor_id = merges.actor_id

)

select * from final
