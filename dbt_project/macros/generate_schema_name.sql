{% macro generate_schema_name(custom_schema_name, node) -%}
    {#- Schemas are named after the layers, the same in every target. -#}
    {{ custom_schema_name if custom_schema_name else target.schema }}
{%- endmacro %}
