{% macro make_id(parts) -%}
    {#- The id of a natural key; equals communique.records.make_id for the same parts. -#}
    substr(md5(concat_ws(chr(31)
        {%- for part in parts %}, coalesce(cast({{ part }} as varchar), ''){% endfor %})), 1, 16)
{%- endmacro %}

{% macro join_key(parts) -%}
    {#- A key that can be read again in its parts, none of which is NULL. -#}
    concat_ws(chr(31){% for part in parts %}, cast({{ part }} as varchar){% endfor %})
{%- endmacro %}

{% macro part_of_key(key, number) -%}
    {#- The part of a joined key, as text, from 1. -#}
    split_part({{ key }}, chr(31), {{ number }})
{%- endmacro %}
