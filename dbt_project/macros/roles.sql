{% macro title_case(words) -%}
    {#- Capital first letters but for small words between others; acronyms stay. DuckDB has no
        initcap. -#}
    array_to_string(
        list_transform(
            string_split({{ words }}, ' '),
            lambda word, place: case
                when place > 1 and lower(word) in ('of', 'to', 'and', 'for', 'the', 'at') then lower(word)
                when regexp_full_match(word, '[A-Z&.]{2,5}') then word
                else upper(left(word, 1)) || lower(substr(word, 2))
            end
        ),
        ' '
    )
{%- endmacro %}

{% macro office_title(words) -%}
    {#- A title in title case, under one wording of its abbreviations and forms of address. -#}
    {%- set wordings = [
        ('^(the|a|an|his|her|its|their|our) ', ''),
        ('\\bdefence\\b', 'Defense'),
        ('\\bsens?\\b\\.?', 'Senator'),
        ('\\breps?\\b\\.?', 'Representative'),
        ('\\bgov\\b\\.?', 'Governor'),
        ('\\bgen\\b\\.?', 'General'),
        ('\\bspokes(man|woman)\\b', 'Spokesperson'),
        ('\\bchair(man|woman|person)\\b', 'Chair'),
        ('\\badvisor\\b', 'Adviser'),
    ] -%}
    {%- set title = namespace(sql=words) -%}
    {%- for pattern, wording in wordings -%}
        {%- set title.sql = "regexp_replace(" ~ title.sql ~ ", '" ~ pattern ~ "', '" ~ wording ~ "', 'gi')" -%}
    {%- endfor -%}
    {{ title_case(title.sql) }}
{%- endmacro %}

{% macro sector_of_role(role_title) -%}
    {#- PLOVER sector that the words of a role show; NULL where they show none. -#}
    case
        when regexp_matches({{ role_title }}, '(?i)defen[cs]e|general|gen\.|admiral|colonel|army|military|commander|lieutenant|captain|\bmajor\b')
            and not regexp_matches({{ role_title }}, '(?i)secretary[- ]general|attorney general|director[- ]general') then 'MIL'
        when regexp_matches({{ role_title }}, '(?i)senator|sen\.|representative|rep\.|congress|speaker|(majority|minority) leader') then 'LEG'
        when regexp_matches({{ role_title }}, '(?i)judge|justice') then 'JUD'
        when regexp_matches({{ role_title }}, '(?i)president|minister|premier|chancellor|secretary|ambassador|envoy|spokes|king|queen|prince|emir|supreme leader|mayor|governor|commissioner|representative|negotiator') then 'GOV'
    end
{%- endmacro %}
