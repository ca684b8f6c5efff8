-- Which office did each speaker hold on the day of the statement, and for whom do they speak?
-- "speaks_for" is what the words or else the office of that day say.
with

spoken as (

    select
        speakers.actor_name as speaker_name,
        roles.role_title as office,
        coalesce(said_for.actor_name, represented.actor_name) as speaks_for,
        statements.attributed_on,
        statements.statement_cluster_id,
    from marts.fct_statements as statements
    inner join marts.dim_actor_roles as roles
        on statements.speaker_role_id = roles.actor_role_id
    inner join marts.dim_actors as speakers
        on statements.speaker_actor_id = speakers.actor_id
    left join marts.dim_actors as said_for
        on statements.on_behalf_of_actor_id = said_for.actor_id
    left join marts.dim_actors as represented
        on roles.represents_actor_id = represented.actor_id
    where statements.is_current

)

select
    speaker_name,
    office,
    speaks_for,
    min(attributed_on) as first_said,
    max(attributed_on) as last_said,
    count(distinct statement_cluster_id) as statements,
from spoken
where
    speaks_for = getvariable('actor')
    or speaker_name = getvariable('actor')
    or (
        getvariable('actor') is null
        and speaks_for in (
            'Government of Israel',
            'Government of South Korea',
            'Government of Ukraine',
        )
    )
group by all
order by speaks_for, speaker_name, first_said, office
limit coalesce(getvariable('rows'), 20)
