-- Which office did each speaker hold on the day of the statement, and for whom do they speak?
-- "speaks_for" is what the words or else the office of that day say.
select
    speaker_name,
    speaker_role as office,
    on_behalf_of_name as speaks_for,
    min(attributed_on) as first_said,
    max(attributed_on) as last_said,
    count(distinct statement_cluster_id) as statements,
from marts.statement_provenance
where
    speaker_role is not null
    and (
        on_behalf_of_name = getvariable('actor')
        or speaker_name = getvariable('actor')
        or (
            getvariable('actor') is null
            and on_behalf_of_name in (
                'Government of Israel',
                'Government of South Korea',
                'Government of Ukraine',
            )
        )
    )
group by all
order by speaks_for, speaker_name, first_said, office
limit coalesce(getvariable('rows'), 20)
