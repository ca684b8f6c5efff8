{% macro fold_name(name) -%}
    {#- How names are compared: no accents, no case, no leading article. -#}
    regexp_replace(strip_accents(lower(trim({{ name }}))), '^the ', '')
{%- endmacro %}
