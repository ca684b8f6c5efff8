with

statements as (

    select * from {{ ref('int_statements__clustered') }}
    {{ where_touched('int_clusters__touched', ['statement_cluster_id']) }}

),

final as (

    select
        statement_cluster_id,
        count(*) as report_count,
        count(distinct duplicate_cluster_id) as independent_report_count,
    from statements
    where is_current
    group by statement_cluster_id

)

select * from final
