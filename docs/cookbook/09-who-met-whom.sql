-- Who spoke with whom, how, when and at whose request?
-- Requests and aid are interactions too: drop the filter on the mode to see them.
select
    happened_from,
    initiator_name,
    mode,
    recipient_name,
    requested_by_name,
    place,
    outlet_name,
from marts.interaction_log
where
    mode in ('meet', 'phone', 'visit', 'letter')
    and (
        getvariable('actor') is null
        or getvariable('actor') in (initiator_name, recipient_name, requested_by_name)
    )
    and (getvariable('from') is null or happened_from >= getvariable('from'))
    and (getvariable('to') is null or happened_from <= getvariable('to'))
order by happened_from nulls last, initiator_name, mode, recipient_name, interaction_id
limit coalesce(getvariable('rows'), 20)
