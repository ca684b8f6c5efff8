{% macro fold_name(name) -%}
    {#- How names are compared: no accents, no case, no leading article. -#}
    regexp_replace(strip_accents(lower(trim({{ name }}))), '^the ', '')
{%- endmacro %}

{% macro middle_initials(folded_name) -%}
    {#- "t" of "michael t. mccaul", "hw" of "george h.w. bush"; '' without any. -#}
    regexp_replace(
        regexp_extract({{ folded_name }}, ' (([a-z]\. ?|[a-z] )+)[^ ]', 1), '[^a-z]', '', 'g'
    )
{%- endmacro %}

{% macro generational_suffix(folded_name) -%}
    {#- "jr" of "martin example jr."; '' without one. -#}
    regexp_extract({{ folded_name }}, ',? (jr|sr|ii|iii|iv)\.?$', 1)
{%- endmacro %}

{% macro plain_name(folded_name) -%}
    {#- A folded name without middle initials and generational suffix. -#}
    regexp_replace(
        regexp_replace({{ folded_name }}, ',? (jr|sr|ii|iii|iv)\.?$', ''),
        ' ([a-z]\. ?|[a-z] )+([^ ])', ' \2', 'g'
    )
{%- endmacro %}

{% macro spelling_key(folded_name) -%}
    {#- What the spellings of one name in Latin letters have in common: Zelensky, Zelenskyy and
        Zelenskiy, Oleksii and Oleksiy, Gaddafi and Qaddafi, Mohammed and Muhammad, Al-Sisi and
        el-Sisi. It joins more than fold_name does and less than sound would. -#}
    {%- set spellings = [
        ("[‘’''ʼ`´]", ''),
        ('[-–]', ' '),
        ('\\b[ae]l ', 'al '),
        ('\\bm[ou]h?amm?[ae]d\\b', 'mohamed'),
        ('\\bh[ou]ss?[ae][iy]n\\b', 'husein'),
        ('x', 'ks'),
        ('\\bq', 'g'),
        ('dh', 'd'),
        ('ej\\b', 'ei'),
        ('[iy][ijy]*', 'i'),
        ('\\bie', 'e'),
    ] -%}
    {%- set key = namespace(sql="translate(" ~ folded_name ~ ", 'łøđıє', 'lodie')") -%}
    {%- for pattern, common in spellings -%}
        {%- set key.sql = "regexp_replace(" ~ key.sql ~ ", '" ~ pattern ~ "', '" ~ common ~ "', 'g')" -%}
    {%- endfor -%}
    {%- for letter in 'bcdfgklmnprstvz' -%}
        {%- set key.sql = "replace(" ~ key.sql ~ ", '" ~ letter * 2 ~ "', '" ~ letter ~ "')" -%}
    {%- endfor -%}
    {{ key.sql }}
{%- endmacro %}

{% macro spelling_first(name, count) -%}
    {#- Of several spellings of an actor's name: mixed case, then the most frequent, the fullest. -#}
    {{ name }} = upper({{ name }}), {{ count }} desc, length({{ name }}) desc, {{ name }}
{%- endmacro %}

{% macro portfolio(folded_ministry) -%}
    {#- What a ministry is for, under its several wordings: "foreign affairs" of "foreign office".
        Expects the folded name without its country. -#}
    {%- set subject -%}
        regexp_replace(
            trim(regexp_replace(
                regexp_replace({{ folded_ministry }}, '\b(ministry|department|office)( of| for)?( the)?\b', ' ', 'g'),
                '\s+', ' ', 'g'
            )),
            '\b(of|for|the)$', ''
        )
    {%- endset -%}
    case
        when regexp_full_match(trim({{ subject }}), '(national )?defen[cs]e') then 'defence'
        when regexp_full_match(trim({{ subject }}), 'foreign|(foreign|external) affairs|state') then 'foreign affairs'
        when regexp_full_match(trim({{ subject }}), 'home|(home|internal) affairs|interior') then 'interior'
        when regexp_full_match(trim({{ subject }}), 'finances?|treasury') then 'finance'
        else trim({{ subject }})
    end
{%- endmacro %}

{% macro alias_type(link_method) -%}
    {#- What kind of alias words are that were tied to their actor in this way. -#}
    case {{ link_method }}
        when 'demonym' then 'demonym_title'
        when 'title' then 'demonym_title'
        when 'pronoun' then 'surname'
        else {{ link_method }}
    end
{%- endmacro %}

{% macro name_confidence(linked_by) -%}
    {#- How sure it is that a name is the actor's, by what it has in common with the actor's other
        names. It puts links in an order and is no measured share. -#}
    case {{ linked_by }}
        when 'initials' then 0.95
        when 'portfolio' then 0.95
        when 'transliteration' then 0.8
        else 1.0
    end
{%- endmacro %}
