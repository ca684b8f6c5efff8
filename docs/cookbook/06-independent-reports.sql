-- How many independent reports back a statement, with wire copies counted once?
-- "second_hand" counts those that pass on another outlet's report: read them with caution.
with

printed as (

    select distinct
        statement_cluster_id,
        report_count,
    from marts.statement_provenance
    where
        report_count > 1
        and speaker_name = coalesce(getvariable('actor'), speaker_name)
    order by report_count desc, statement_cluster_id
    limit coalesce(getvariable('rows'), 20)

),

said as (

    select
        statement_id,
        statement_cluster_id,
        content_text,
        speaker_name,
        outlet_name,
        report_count,
        independent_report_count,
    from marts.statement_provenance
    semi join printed using (statement_cluster_id)

),

second_hand as (

    select distinct hops.statement_id
    from marts.fct_statement_hops as hops
    inner join marts.dim_sources as sources on hops.source_id = sources.source_id
    where
        hops.hop_number > 1
        and sources.outlet_id is not null
        and hops.statement_id in (select statement_id from said)

)

select
    left(arg_min(said.content_text, said.statement_id), 60) as what_was_said,
    arg_min(said.speaker_name, said.statement_id) as speaker,
    any_value(said.report_count) as times_printed,
    max(said.independent_report_count) as independent_reports,
    count(second_hand.statement_id) as second_hand,
    string_agg(distinct said.outlet_name, ', ' order by said.outlet_name) as outlets,
from said
left join second_hand on said.statement_id = second_hand.statement_id
group by said.statement_cluster_id
order by times_printed desc, what_was_said
