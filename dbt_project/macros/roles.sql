{% macro title_case(words) -%}
    {#- Capital first letters; DuckDB has no initcap. -#}
    array_to_string(
        list_transform(
            string_split({{ words }}, ' '), lambda word: upper(word[1]) || word[2:]
        ),
        ' '
    )
{%- endmacro %}

{% macro sector_of_role(role_title) -%}
    {#- PLOVER sector that the words of a role show; NULL where they show none. -#}
    case
        when regexp_matches({{ role_title }}, '(?i)defen[cs]e|general|gen\.|admiral|colonel|army|military|commander|lieutenant|captain|major')
            and not regexp_matches({{ role_title }}, '(?i)secretary[- ]general|attorney general|director[- ]general') then 'MIL'
        when regexp_matches({{ role_title }}, '(?i)senator|sen\.|representative|rep\.|congress|speaker|(majority|minority) leader') then 'LEG'
        when regexp_matches({{ role_title }}, '(?i)judge|justice') then 'JUD'
        when regexp_matches({{ role_title }}, '(?i)president|minister|premier|chancellor|secretary|ambassador|envoy|spokes|king|queen|prince|emir|supreme leader|mayor|governor|commissioner|representative|negotiator') then 'GOV'
    end
{%- endmacro %}
