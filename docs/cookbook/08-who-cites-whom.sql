-- Who cites whom, outlet by outlet?
select
    citing_outlet_name,
    cited_outlet_name,
    month_start,
    statement_count,
from marts.outlet_citations
where
    getvariable('outlet') is null
    or getvariable('outlet') in (citing_outlet_name, cited_outlet_name)
order by month_start, statement_count desc, citing_outlet_name, cited_outlet_name
limit coalesce(getvariable('rows'), 20)
