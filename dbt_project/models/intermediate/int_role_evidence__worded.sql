with

titled as (

    select * from {{ ref('int_role_evidence__titled') }}

),

actors as (

    select * from {{ ref('int_actors__unioned') }}
    where origin = 'observed' and actor_type = 'person'

),

evidence as (

    select titled.* exclude (dump_date)
    from titled
    semi join actors on titled.actor_id = actors.actor_id

),

titles as (

    select distinct
        actor_id,
        role_title,
    from evidence

),

-- "Minister" for somebody who is elsewhere called "Defense Minister" is the same office in short.
full_titles as (

    select
        short.actor_id,
        short.role_title,
        min(long.role_title) as full_title,
    from titles as short
    inner join titles as long
        on
            short.actor_id = long.actor_id
            and ends_with(long.role_title, ' ' || short.role_title)
    group by all
    having count(*) = 1

),

final as (

    select
        evidence.* exclude (role_title),
        coalesce(full_titles.full_title, evidence.role_title) as role_title,
    from evidence
    left join full_titles
        on
            evidence.actor_id = full_titles.actor_id
            and evidence.role_title = full_titles.role_title

)

select * from final
