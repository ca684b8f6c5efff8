-- Whoever follows a number to the article must find exactly the words that the row holds.
with

places as (

    select
        'span' as kind,
        statements.article_version_id,
        spans.char_start,
        spans.char_end,
        spans.span_text as words,
    from {{ written('statement_spans') }} as spans
    inner join {{ written('fct_statements') }} as statements
        on spans.statement_id = statements.statement_id

    union all

    select
        'mention' as kind,
        article_version_id,
        char_start,
        char_end,
        surface as words,
    from {{ written('fct_actor_mentions') }}

    union all

    select
        'stance' as kind,
        article_version_id,
        char_start,
        char_end,
        evidence_text as words,
    from {{ written('fct_stances') }}

    union all

    select
        'doubtful stance' as kind,
        article_version_id,
        char_start,
        char_end,
        evidence_text as words,
    from {{ written('doubtful_stances') }}

)

select
    places.*,
from places
inner join {{ ref('dim_article_versions') }} as versions
    on places.article_version_id = versions.article_version_id
where
    substr(versions.body_text, places.char_start + 1, places.char_end - places.char_start)
    is distinct from places.words
