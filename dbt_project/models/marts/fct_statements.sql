with

statements as (

    select * from {{ ref('stg_raw__statements') }}
    {{ where_touched('int_versions__rewritten') }}

),

articles as (

    select * from {{ ref('int_articles__clustered') }}

),

versions as (

    select * from {{ ref('int_article_deliveries__versioned') }}
    {{ where_touched('int_versions__rewritten') }}

),

clusters as (

    select * from {{ ref('int_statements__clustered') }}
    {{ where_touched('int_versions__rewritten') }}

),

sources as (

    select * from {{ ref('int_sources__identified') }}
    {{ where_touched('int_versions__rewritten') }}

),

linked as (

    select * from {{ ref('int_entities__linked') }}
    {{ where_touched('int_versions__rewritten') }}

),

hops as (

    select * from {{ ref('stg_raw__statement_hops') }}
    {{ where_touched('int_versions__rewritten') }}

),

roles as (

    select * from {{ ref('int_roles__spelled') }}

),

runs as (

    select * from {{ ref('stg_raw__extraction_runs') }}

),

chain_lengths as (

    select
        statement_id,
        count(*) as hop_count,
    from hops
    group by all

),

spoken as (

    select
        statements.*,
        versions.article_id,
        articles.outlet_id,
        clusters.statement_cluster_id,
        sources.source_id as speaker_source_id,
        sources.actor_id as speaker_actor_id,
        represented.actor_id as on_behalf_of_actor_id,
        addressees.actor_id as addressee_actor_id,
        runs.extraction_run_id,
        chain_lengths.hop_count,
        sources.is_named as is_origin_named,
        versions.is_current,
        versions.article_date,
        coalesce(statements.said_from, versions.article_date) as attributed_on,
    from statements
    inner join versions on statements.article_version_id = versions.article_version_id
    inner join articles on versions.article_id = articles.article_id
    inner join clusters on statements.statement_id = clusters.statement_id
    inner join chain_lengths on statements.statement_id = chain_lengths.statement_id
    inner join runs on statements.dump_date = runs.dump_date
    inner join sources
        on
            statements.article_version_id = sources.article_version_id
            and statements.source_number = sources.source_number
    left join linked as represented
        on
            statements.article_version_id = represented.article_version_id
            and statements.on_behalf_of_entity_number = represented.entity_number
    left join linked as addressees
        on
            statements.article_version_id = addressees.article_version_id
            and statements.addressee_entity_number = addressees.entity_number

),

in_office as (

    select
        spoken.* exclude (on_behalf_of_actor_id),
        roles.actor_role_id as speaker_role_id,
        coalesce(spoken.on_behalf_of_actor_id, roles.represents_actor_id) as on_behalf_of_actor_id,
    from spoken
    left join roles
        on
            spoken.speaker_actor_id = roles.actor_id
            and {{ holds_office('roles', 'spoken.attributed_on', 'spoken.article_date') }}
    qualify row_number() over (
        partition by spoken.statement_id order by roles.precedence
    ) = 1

),

final as (

    select
        statement_id,
        article_version_id,
        article_id,
        outlet_id,
        statement_cluster_id,
        speaker_source_id,
        speaker_actor_id,
        speaker_role_id,
        on_behalf_of_actor_id,
        addressee_actor_id,
        extraction_run_id,
        quote_type,
        cue,
        channel,
        modality,
        content_text,
        quote_prefix,
        quote_suffix,
        said_precision,
        char_start,
        char_end,
        sentence_number,
        hop_count,
        confidence,
        is_origin_named,
        is_current,
        said_from,
        said_to,
        attributed_on,
        dump_date,
    from in_office

)

select * from final
order by dump_date
