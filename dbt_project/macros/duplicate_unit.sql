{% macro duplicate_unit() -%}
    {#- What counts once in a mean, as in Discourse Network Analyzer's duplicate setting. -#}
    {%- set policy = var('duplicate_policy') -%}
    {%- if policy == 'statement' -%} statement_cluster_id
    {%- elif policy == 'none' -%} stance_id
    {%- elif policy == 'article' -%} duplicate_cluster_id
    {%- elif policy == 'week' -%} date_trunc('week', held_from)
    {%- elif policy == 'month' -%} date_trunc('month', held_from)
    {%- else -%}
        {{ exceptions.raise_compiler_error("duplicate_policy is '" ~ policy ~ "': use statement, none, article, week or month") }}
    {%- endif -%}
{%- endmacro %}
