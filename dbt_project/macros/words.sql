{% macro words(text) -%}
    {#- The words of a text, as communique.dumps.signatures cuts them. -#}
    regexp_extract_all(lower({{ text }}), '[\p{L}\p{N}_]+')
{%- endmacro %}

{% macro shingles(words) -%}
    {#- The distinct runs of five words of a list of words. -#}
    {{ return(adapter.dispatch('shingles')(words)) }}
{%- endmacro %}

{% macro default__shingles(words) -%}
    list_distinct(list_transform(
        list_zip(
            {{ words }}, {{ words }}[2:], {{ words }}[3:], {{ words }}[4:], {{ words }}[5:], true
        ),
        lambda run: concat_ws(' ', run[1], run[2], run[3], run[4], run[5])
    ))
{%- endmacro %}

{% macro spark__shingles(words) -%}
    case
        when len({{ words }}) < 5 then []
        else list_distinct(list_transform(
            generate_series(1, len({{ words }}) - 4),
            lambda start: array_join(slice({{ words }}, start, 5), ' ')
        ))
    end
{%- endmacro %}
