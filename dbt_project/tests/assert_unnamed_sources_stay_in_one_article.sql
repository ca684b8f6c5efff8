-- Two articles' "senior official" may be two people: an unnamed source has one article.
select
    source_id,
from {{ ref('dim_sources') }}
where not is_named and source_type <> 'outlet' and (article_id is null or actor_id is not null)
