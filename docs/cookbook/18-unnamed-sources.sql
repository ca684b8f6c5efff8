-- Who speaks without a name: whose officials, which sector, what rank, in how many outlets?
-- Each article's unnamed source counts once; nobody is taken for the same person in two articles.
select
    countries.actor_name as whose,
    sources.descriptor_sector_code as sector_code,
    sources.descriptor_rank as source_rank,
    cast(date_trunc('month', articles.article_date) as date) as month_start,
    count(*) as sources,
    count(distinct articles.outlet_id) as outlets,
    min(sources.descriptor) as for_example,
from marts.dim_sources as sources
inner join marts.dim_articles as articles on sources.article_id = articles.article_id
left join marts.dim_actors as countries
    on
        sources.descriptor_country_code = countries.country_code
        and countries.actor_type = 'government'
where
    not sources.is_named
    and sources.source_type in ('person', 'group')
    and sources.source_id in (
        select statements.speaker_source_id
        from marts.fct_statements as statements
        where statements.is_current and not statements.is_origin_named
    )
    and articles.article_date >= coalesce(getvariable('from'), articles.article_date)
    and articles.article_date <= coalesce(getvariable('to'), articles.article_date)
    and (
        getvariable('actor') is null
        or countries.actor_name = getvariable('actor')
    )
group by all
order by month_start, sources desc, whose nulls last, sector_code nulls last, source_rank nulls last
limit coalesce(getvariable('rows'), 20)
