with

statements as (

    select * from {{ ref('fct_statements') }}
    {{ where_touched('int_versions__recounted') }}

),

versions as (

    select * from {{ ref('dim_article_versions') }}
    {{ where_touched('int_versions__recounted') }}

),

articles as (

    select * from {{ ref('dim_articles') }}

),

outlets as (

    select * from {{ ref('dim_outlets') }}

),

sources as (

    select
        article_version_id,
        source_id,
        min(source_type) as source_type,
        min(descriptor) as descriptor,
        min(descriptor_rank) as descriptor_rank,
    from {{ ref('int_sources__identified') }}
    {{ where_touched('int_versions__recounted') }}
    group by all

),

actors as (

    select * from {{ ref('dim_actors') }}

),

roles as (

    select * from {{ ref('dim_actor_roles') }}

),

chains as (

    select * from {{ ref('int_statement_chains__worded') }}
    {{ where_touched('int_versions__recounted') }}

),

runs as (

    select * from {{ ref('dim_extraction_runs') }}

),

reports as (

    select * from {{ ref('int_reports__counted') }}

),

final as (

    select
        statements.statement_id,
        statements.statement_cluster_id,
        statements.article_version_id,
        coalesce(speakers.actor_name, sources.descriptor) as speaker_name,
        sources.source_type as speaker_type,
        sources.descriptor_rank as speaker_rank,
        roles.role_title as speaker_role,
        represented.actor_name as on_behalf_of_name,
        addressees.actor_name as addressee_name,
        statements.quote_type,
        statements.modality,
        statements.content_text,
        chains.attribution_chain,
        outlets.outlet_name,
        versions.title,
        articles.canonical_url,
        statements.quote_prefix,
        statements.quote_suffix,
        versions.dump_file,
        runs.extractor_version,
        runs.codebook_version,
        reports.report_count,
        reports.independent_report_count,
        statements.hop_count,
        statements.confidence,
        statements.char_start,
        statements.char_end,
        versions.dump_record,
        statements.is_origin_named,
        statements.said_from,
        statements.attributed_on,
        statements.dump_date,
        articles.published_at,
    from statements
    inner join versions on statements.article_version_id = versions.article_version_id
    inner join articles on statements.article_id = articles.article_id
    inner join sources
        on
            statements.article_version_id = sources.article_version_id
            and statements.speaker_source_id = sources.source_id
    inner join chains on statements.statement_id = chains.statement_id
    inner join runs on statements.extraction_run_id = runs.extraction_run_id
    inner join reports on statements.statement_cluster_id = reports.statement_cluster_id
    left join outlets on statements.outlet_id = outlets.outlet_id
    left join actors as speakers on statements.speaker_actor_id = speakers.actor_id
    left join roles on statements.speaker_role_id = roles.actor_role_id
    left join actors as represented on statements.on_behalf_of_actor_id = represented.actor_id
    left join actors as addressees on statements.addressee_actor_id = addressees.actor_id
    where statements.is_current

)

select * from final
order by dump_date
