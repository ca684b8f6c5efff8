-- What share of each outlet's statements rests on unnamed origins, and how long are its chains?
-- A chain of 2 is an outlet that quotes its source directly.
select
    outlet_name,
    cast(date_trunc('month', date_day) as date) as month_start,
    cast(sum(statement_count) as bigint) as statements,
    round(
        sum(unnamed_share * statement_count) / sum(statement_count), 2
    ) as unnamed_share,
    round(
        sum(mean_hop_count * statement_count) / sum(statement_count), 2
    ) as mean_hop_count,
from marts.source_transparency_daily
where
    date_day >= coalesce(getvariable('from'), date_day)
    and date_day <= coalesce(getvariable('to'), date_day)
group by all
order by month_start, unnamed_share desc, outlet_name
limit coalesce(getvariable('rows'), 20)
