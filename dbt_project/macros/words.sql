{% macro words(text) -%}
    {#- The words of a text, as communique.dumps.signatures cuts them. -#}
    regexp_extract_all(lower({{ text }}), '[\p{L}\p{N}_]+')
{%- endmacro %}

{% macro shingles(words) -%}
    {#- The distinct runs of five words of a list of words. -#}
    list_distinct(list_transform(
        range(1, greatest(len({{ words }}) - 3, 1)),
        lambda first: array_to_string({{ words }}[first : first + 4], ' ')
    ))
{%- endmacro %}
