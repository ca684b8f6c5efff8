{% materialization incremental, adapter='spark' %}
    {#- Spark builds everything anew: what the night touched is not asked. -#}
    {{ return(materialization_table_spark()) }}
{% endmaterialization %}

{% macro spark__create_table_as(temporary, relation, compiled_code, language='sql') -%}
    {#- A contract is held where the marts are taken over: Spark's files know no constraints. -#}
    create table {{ relation }} using parquet as
    {{ compiled_code }}
{%- endmacro %}

{% macro spark__persist_constraints(relation, model) -%}
{%- endmacro %}

{% macro spark__note_content() -%}
{%- endmacro %}

{% materialization seed, adapter='spark' %}
    {#- Read by Spark itself: what dbt would send is a statement in which cells are not quoted. -#}
    {%- set relation = this.incorporate(type='table') -%}
    {%- set types = config.get('column_types') -%}
    {%- set columns = [] -%}
    {%- set file = (model.root_path ~ '/' ~ model.original_file_path) | replace("'", "\\'") -%}
    {%- set cells = load_agate_table() -%}
    {%- do store_result('agate_table', response='OK', agate_table=cells) -%}
    {%- for name in cells.column_names -%}
        {%- do columns.append('`' ~ name ~ '` ' ~ (types[name] | replace('varchar', 'string'))) -%}
    {%- endfor -%}
    {%- call statement('main') -%}
        create table {{ relation }} ({{ columns | join(', ') }})
        using csv
        options (header 'true', quote '"', escape '"', multiLine 'true')
        location '{{ file }}'
    {%- endcall -%}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}
