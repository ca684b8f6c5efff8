with

versions as (

    select * from {{ ref('dim_article_versions') }}
    {{ where_touched('int_articles__rewritten', ['article_id']) }}

),

articles as (

    select * from {{ ref('dim_articles') }}

),

statements as (

    select * from {{ ref('fct_statements') }}
    {{ where_touched('int_articles__rewritten', ['article_id']) }}

),

clusters as (

    select * from {{ ref('int_statements__clustered') }}

),

steps as (

    select
        later.article_id,
        earlier.article_version_id as before_version_id,
        later.article_version_id as after_version_id,
        later.change_type,
        later.valid_from as changed_on,
    from versions as later
    inner join versions as earlier
        on
            later.article_id = earlier.article_id
            and later.version_number = earlier.version_number + 1

),

worded as (

    select
        statements.statement_id,
        statements.article_version_id,
        statements.content_text,
        clusters.content_words,
        clusters.speaker_key,
        list_distinct(string_split(clusters.content_words, ' ')) as words,
    from statements
    inner join clusters on statements.statement_id = clusters.statement_id
    where
        statements.article_version_id in (select before_version_id from steps)
        or statements.article_version_id in (select after_version_id from steps)

),

altered as (

    select
        steps.*,
        earlier.statement_id,
        earlier.content_text,
        earlier.speaker_key,
        earlier.words,
    from steps
    inner join worded as earlier on steps.before_version_id = earlier.article_version_id
    anti join worded as later
        on
            steps.after_version_id = later.article_version_id
            and earlier.content_words = later.content_words
            and earlier.speaker_key is not distinct from later.speaker_key

),

added as (

    select
        steps.after_version_id,
        later.statement_id,
        later.content_text,
        later.speaker_key,
        later.words,
    from steps
    inner join worded as later on steps.after_version_id = later.article_version_id
    anti join worded as earlier
        on
            steps.before_version_id = earlier.article_version_id
            and later.content_words = earlier.content_words
            and later.speaker_key is not distinct from earlier.speaker_key

),

paired as (

    select
        altered.*,
        added.statement_id as after_statement_id,
        added.content_text as after_text,
        cast(len(list_intersect(altered.words, added.words)) as double)
        / greatest(len(list_distinct(list_concat(altered.words, added.words))), 1) as overlap,
    from altered
    left join added
        on
            altered.after_version_id = added.after_version_id
            -- The same speaker says it in other words, or the same words move to another speaker.
            and (
                altered.speaker_key is not distinct from added.speaker_key
                or altered.words = added.words
            )
            and len(list_intersect(altered.words, added.words)) * 3
            >= len(list_distinct(list_concat(altered.words, added.words)))
    qualify row_number() over (
        partition by altered.statement_id
        order by overlap desc, added.statement_id
    ) = 1

),

final as (

    select
        paired.article_id,
        paired.statement_id as before_statement_id,
        paired.after_statement_id,
        articles.canonical_url,
        paired.content_text as before_text,
        paired.after_text,
        paired.change_type,
        cast(paired.changed_on as timestamp) as changed_at,
    from paired
    inner join articles on paired.article_id = articles.article_id

)

select * from final
