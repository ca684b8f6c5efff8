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

linked as (

    select * from {{ ref('int_entities__linked') }}

),

roles as (

    select * from {{ ref('int_roles__spelled') }}

),

renamed_actors as (

    select key as actor_id
    from touched_keys
    where noted_by in {{ noted_by('int_actors__unioned') }}

),

-- For whom an office speaks need not be named in the article.
speakers_for_renamed as (

    select roles.actor_id
    from roles
    semi join renamed_actors on roles.represents_actor_id = renamed_actors.actor_id

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

    select
        linked.article_version_id,
        linked.dump_date,
    from linked
    semi join speakers_for_renamed on linked.actor_id = speakers_for_renamed.actor_id

)

select * from final
