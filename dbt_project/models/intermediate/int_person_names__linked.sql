with

names as (

    select * from {{ ref('int_names__counted') }}
    where entity_type = 'person'

),

spelled as (

    select * from {{ ref('int_person_names__spelled') }}

),

entities as (

    select * from {{ ref('int_entities__placed') }}

),

registry_names as (

    select * from {{ ref('int_registry_names__unioned') }}
    where name_kind = 'person'

),

keyed as (

    select
        names.entity_name,
        names.folded_name,
        names.country_code,
        names.entity_count,
        spelled.plain_name,
        spelled.initials,
        spelled.suffix,
        spelled.spelling_key,
    from names
    inner join spelled on names.folded_name = spelled.folded_name

),

registry_parted as (

    select
        actor_id,
        country_code,
        folded_alias as folded_name,
        {{ plain_name('folded_alias') }} as plain_name,
        {{ middle_initials('folded_alias') }} as initials,
    from registry_names

),

registry_keyed as (

    select
        * exclude (initials),
        {{ spelling_key('plain_name') }} as spelling_key,
        max(initials) over (partition by actor_id, plain_name) as initials,
    from registry_parted

),

-- The exact name decides; without one its plain form does, and last the way it is spelt.
registry_candidates as (

    select distinct
        keyed.entity_name,
        keyed.country_code,
        registry_keyed.actor_id,
        case
            when keyed.folded_name = registry_keyed.folded_name then 1
            when keyed.plain_name = registry_keyed.plain_name then 2
            else 3
        end as remoteness,
    from keyed
    inner join registry_keyed
        on
            keyed.spelling_key = registry_keyed.spelling_key
            and coalesce(keyed.country_code = registry_keyed.country_code, true)
            and (
                keyed.folded_name = registry_keyed.folded_name
                or (
                    keyed.suffix = ''
                    and contains(keyed.plain_name, ' ')
                    and (
                        keyed.initials in ('', registry_keyed.initials)
                        or registry_keyed.initials = ''
                    )
                )
            )

),

nearest_candidates as (

    select *
    from registry_candidates
    qualify rank() over (partition by entity_name, country_code order by remoteness) = 1

),

by_registry as (

    select
        entity_name,
        country_code,
        min(actor_id) as actor_id,
        min(remoteness) as remoteness,
    from nearest_candidates
    group by entity_name, country_code
    having count(distinct actor_id) = 1

),

matched as (

    select
        keyed.*,
        by_registry.actor_id,
        by_registry.remoteness,
    from keyed
    left join by_registry
        on
            keyed.entity_name = by_registry.entity_name
            and keyed.country_code is not distinct from by_registry.country_code

),

unknown as (

    select * exclude (actor_id, remoteness)
    from matched
    where actor_id is null

),

unlike_names as (

    select
        suffixed.plain_name,
        suffixed.entity_name,
        other.entity_name as other_entity_name,
    from unknown as suffixed
    inner join unknown as other
        on suffixed.plain_name = other.plain_name and suffixed.suffix <> other.suffix
    where suffixed.suffix <> ''

),

named_persons as (

    select
        article_version_id,
        entity_name,
    from entities
    where
        entity_type = 'person'
        and (
            entity_name in (select entity_name from unlike_names)
            or entity_name in (select other_entity_name from unlike_names)
        )

),

-- "George W." and "George H.W." are two people; so are a father and a son whom one article names.
ambiguous_plain_names as (

    select plain_name
    from unknown
    group by plain_name
    having
        count(distinct nullif(initials, '')) > 1
        or count(distinct nullif(suffix, '')) > 1

    union

    select suffixed.plain_name
    from unknown as suffixed
    inner join registry_keyed on suffixed.plain_name = registry_keyed.plain_name
    where suffixed.suffix <> ''

    union

    select suffixed.plain_name
    from unlike_names as suffixed
    inner join named_persons as suffixed_persons
        on suffixed.entity_name = suffixed_persons.entity_name
    inner join named_persons as other_persons
        on
            suffixed.other_entity_name = other_persons.entity_name
            and suffixed_persons.article_version_id = other_persons.article_version_id

),

identified as (

    select
        unknown.*,
        case
            when ambiguous_plain_names.plain_name is not null or not contains(unknown.plain_name, ' ')
                then unknown.folded_name
            else unknown.spelling_key
        end as identity_key,
    from unknown
    left join ambiguous_plain_names on unknown.plain_name = ambiguous_plain_names.plain_name

),

-- Who is named without a country is whoever bears the name in the only country that is known.
placed as (

    select
        * exclude (country_code),
        country_code as given_country_code,
        coalesce(
            country_code,
            case
                when min(country_code) over same_name = max(country_code) over same_name
                    then min(country_code) over same_name
            end,
            case
                when min(country_code) over same_key = max(country_code) over same_key
                    then min(country_code) over same_key
            end
        ) as country_code,
    from identified
    window
        same_name as (partition by folded_name),
        same_key as (partition by identity_key)

),

-- The country is part of an identity only where two people share a name, so that the id stays
-- when an article gives the country for the first time.
observed as (

    select
        *,
        {{ make_id([
            "'person'",
            'identity_key',
            'case when min(country_code) over same_key is distinct from max(country_code) over same_key then country_code end'
        ]) }} as actor_id,
    from placed
    window same_key as (partition by identity_key)

),

counted as (

    select
        *,
        sum(entity_count) over (partition by actor_id, entity_name) as spelling_count,
    from observed

),

compared as (

    select
        *,
        first_value(folded_name) over usual_first as usual_folded_name,
        first_value(plain_name) over usual_first as usual_plain_name,
    from counted
    window usual_first as (
        partition by actor_id order by {{ spelling_first('entity_name', 'spelling_count') }}
    )

),

united as (

    select
        entity_name,
        country_code as given_country_code,
        actor_id,
        country_code,
        remoteness,
    from matched
    where actor_id is not null

    union all

    select
        entity_name,
        given_country_code,
        actor_id,
        country_code,
        case
            when folded_name = usual_folded_name then 1
            when plain_name = usual_plain_name then 2
            else 3
        end as remoteness,
    from compared

),

final as (

    select
        actor_id,
        entity_name,
        case remoteness when 1 then 'name' when 2 then 'initials' else 'transliteration' end
            as linked_by,
        given_country_code,
        country_code,
    from united

)

select * from final
