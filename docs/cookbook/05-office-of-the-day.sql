-- Which office did each speaker hold on the day of the statement, and for whom do they speak?
-- "speaks_for" is what the words or else the office of that day say. Change the governments.
select
    said.speaker_name,
    roles.role_title as office,
    coalesce(said.on_behalf_of_name, represented.actor_name) as speaks_for,
    min(statements.attributed_on) as first_said,
    max(statements.attributed_on) as last_said,
    count(distinct said.statement_cluster_id) as statements,
from marts.statement_provenance as said
inner join marts.fct_statements as statements
    on said.statement_id = statements.statement_id
inner join marts.dim_actor_roles as roles
    on statements.speaker_role_id = roles.actor_role_id
left join marts.dim_actors as represented
    on roles.represents_actor_id = represented.actor_id
where
    coalesce(said.on_behalf_of_name, represented.actor_name) in (
        'Government of Israel',
        'Government of South Korea',
        'Government of Ukraine',
    )
group by all
order by speaks_for, said.speaker_name, first_said, office
limit 20
