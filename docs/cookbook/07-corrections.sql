-- What did a correction change in what was said?
-- An empty "after" means that the later version dropped the statement.
select
    cast(corrections.changed_at as date) as changed_on,
    speakers.actor_name as speaker,
    corrections.before_text,
    corrections.after_text,
    corrections.canonical_url,
from marts.correction_log as corrections
inner join marts.fct_statements as befores
    on corrections.before_statement_id = befores.statement_id
left join marts.dim_actors as speakers on befores.speaker_actor_id = speakers.actor_id
where
    corrections.change_type = 'correction'
    and corrections.changed_at >= coalesce(getvariable('from'), corrections.changed_at)
    and corrections.changed_at <= coalesce(getvariable('to'), corrections.changed_at)
order by changed_on, corrections.canonical_url, befores.char_start
limit coalesce(getvariable('rows'), 20)
