-- What is said without a name, against the public position?
-- The warehouse takes down no position of a source without a name, so their words stand here,
-- beside the position that Israel's named speakers held on that day. Spokespeople speak in
-- public and are left out. The words to look for must all be in the statement.
select
    said.attributed_on,
    said.attribution_chain as according_to,
    said.content_text as in_private,
    timeline.position as public_position,
    timeline.valid_from as public_since,
from marts.statement_provenance as said
left join marts.stance_timeline as timeline
    on
        timeline.holder_name = coalesce(getvariable('actor'), 'Government of Israel')
        and timeline.proposition_id = coalesce(getvariable('proposition'), 'arm_ukraine')
        and said.attributed_on between timeline.valid_from
        and coalesce(timeline.valid_to, date '9999-12-31')
where
    not said.is_origin_named
    and said.speaker_type in ('person', 'group')
    and said.speaker_rank <> 'spokesperson'
    and list_bool_and(
        [
            contains(lower(said.content_text), word)
            for word in string_split(
                lower(coalesce(getvariable('words'), 'Israel weapons Ukraine')), ' '
            )
        ]
    )
order by said.attributed_on, said.canonical_url, said.char_start
limit coalesce(getvariable('rows'), 20)
