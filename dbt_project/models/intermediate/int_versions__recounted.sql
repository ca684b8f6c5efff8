with

rewritten as (

    select * from {{ ref('int_versions__rewritten') }}

),

clusters as (

    select * from {{ ref('int_clusters__touched') }}

),

statements as (

    select * from {{ ref('int_statements__clustered') }}

),

touched_keys as (

    select * from {{ ref('stg_raw__touched_keys') }}

),

facts as (

    select * from {{ ref('fct_statements') }}

),

renamed_actors as (

    select key as actor_id
    from touched_keys
    where noted_by in {{ noted_by('int_actors__unioned') }}

),

final as (

    select
        article_version_id,
        dump_date,
    from rewritten

    union

    select
        statements.article_version_id,
        statements.dump_date,
    from statements
    semi join clusters on statements.statement_cluster_id = clusters.statement_cluster_id

    union

    -- For whom an office speaks need not be named in the article.
    select
        facts.article_version_id,
        facts.dump_date,
    from facts
    semi join renamed_actors on facts.on_behalf_of_actor_id = renamed_actors.actor_id

)

select * from final
