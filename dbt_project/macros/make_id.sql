{% macro make_id(parts) -%}
    {#- The id of a natural key; equals communique.records.make_id for the same parts. -#}
    substr(md5(concat_ws(chr(31)
        {%- for part in parts %}, coalesce(cast({{ part }} as varchar), ''){% endfor %})), 1, 16)
{%- endmacro %}
