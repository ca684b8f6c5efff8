-- Hop 1 is the outlet that published; the last hop is the speaker; no number is left out.
with

ends as (

    select
        statement_id,
        arg_min(source_id, hop_number) as first_source_id,
        arg_max(source_id, hop_number) as last_source_id,
        min(hop_number) as first_hop,
        max(hop_number) as last_hop,
        count(*) as hop_count,
    from {{ written('fct_statement_hops') }}
    group by statement_id

)

select
    statements.statement_id,
from {{ written('fct_statements') }} as statements
left join ends on statements.statement_id = ends.statement_id
left join {{ ref('dim_sources') }} as publishers on ends.first_source_id = publishers.source_id
where
    ends.statement_id is null
    or ends.first_hop <> 1
    or ends.last_hop <> ends.hop_count
    or ends.hop_count <> statements.hop_count
    or ends.last_source_id <> statements.speaker_source_id
    or publishers.source_type <> 'outlet'
    or publishers.outlet_id is distinct from statements.outlet_id
