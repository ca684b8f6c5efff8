{% macro has_correction_note(text) -%}
    {#- Words by which outlets mark that they corrected an article. -#}
    regexp_matches(
        {{ text }},
        '(?i)(\bcorrection\s*[:(]|\bcorrects\b|\bcorrected (version|to|the)\b|\b(an )?earlier version of this\b|\ba previous version of this\b)'
    )
{%- endmacro %}
