with

stances as (

    select * from {{ ref('stg_raw__stances') }}
    {{ where_touched('int_versions__rewritten') }}

),

versions as (

    select * from {{ ref('int_article_deliveries__versioned') }}
    {{ where_touched('int_versions__rewritten') }}

),

linked as (

    select * from {{ ref('int_entities__linked') }}
    {{ where_touched('int_versions__rewritten') }}

),

reviews as (

    select * from {{ ref('int_reviews__settled') }}
    where target_table = 'fct_stances'

),

roles as (

    select * from {{ ref('int_roles__spelled') }}

),

propositions as (

    select * from {{ ref('propositions') }}

),

held as (

    select
        stances.* exclude (holder_entity_number, on_behalf_of_entity_number, held_from),
        versions.article_id,
        holders.actor_id as holder_actor_id,
        represented.actor_id as on_behalf_of_actor_id,
        coalesce(stances.held_from, versions.article_date) as held_from,
        coalesce(reviews.decision, 'unreviewed') as review_status,
        versions.is_current,
        versions.article_date,
    from stances
    -- What the codebook no longer asks counts nowhere until the night is judged again.
    semi join propositions on stances.proposition_id = propositions.proposition_id
    inner join versions on stances.article_version_id = versions.article_version_id
    inner join linked as holders
        on
            stances.article_version_id = holders.article_version_id
            and stances.holder_entity_number = holders.entity_number
    left join linked as represented
        on
            stances.article_version_id = represented.article_version_id
            and stances.on_behalf_of_entity_number = represented.entity_number
    left join reviews on stances.stance_id = reviews.target_id

),

final as (

    select
        held.* exclude (on_behalf_of_actor_id, article_date),
        coalesce(held.on_behalf_of_actor_id, roles.represents_actor_id) as on_behalf_of_actor_id,
    from held
    left join roles
        on
            held.holder_actor_id = roles.actor_id
            and {{ holds_office('roles', 'held.held_from', 'held.article_date') }}
    qualify row_number() over (
        partition by held.stance_id order by roles.precedence
    ) = 1

)

select * from final
order by dump_date
