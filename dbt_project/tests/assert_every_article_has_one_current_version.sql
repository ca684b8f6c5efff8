select
    article_id,
from {{ written('dim_article_versions') }}
group by article_id
having count(*) filter (where is_current) <> 1
