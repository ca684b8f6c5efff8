-- How much does this warehouse hold?
-- A delivered text counts again in "versions" when a later night changed it.
select
    1 as line,
    'articles' as what,
    count(*) as how_many,
from marts.dim_articles
union all
select 2, 'versions of articles', count(*) from marts.dim_article_versions
union all
select 3, 'statements, all versions', count(*) from marts.fct_statements
union all
select 4, 'statements, current versions', count(*) from marts.statement_provenance
union all
select 5, 'sources', count(*) from marts.dim_sources
union all
select 6, 'sources without a name', count(*) from marts.dim_sources where not is_named
union all
select 7, 'stances, all versions', count(*) from marts.fct_stances
union all
select 8, 'records refused', count(*) from ops.rejected_records
order by line
