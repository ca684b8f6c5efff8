-- Through whose hands did each statement come, as one line?
-- Read the chain from the right: the origin said it, the outlet on the left printed it.
-- Only chains with somebody or something in between are shown; drop the filter for all of them.
select
    said.attribution_chain,
    left(said.content_text, 70) as what_was_said,
    said.is_origin_named,
    articles.article_date,
from marts.statement_provenance as said
inner join marts.dim_articles as articles
    on said.article_version_id = articles.current_article_version_id
where
    said.hop_count > 2
    and said.speaker_name = coalesce(getvariable('actor'), said.speaker_name)
    and articles.article_date >= coalesce(getvariable('from'), articles.article_date)
    and articles.article_date <= coalesce(getvariable('to'), articles.article_date)
order by articles.article_date, said.attribution_chain, said.char_start
limit coalesce(getvariable('rows'), 20)
