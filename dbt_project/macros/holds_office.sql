{% macro holds_office(roles, day, article_day) -%}
    {#- Whether a spell of a role covers the day on which something was said. The registry knows the
        days of an office; an observed spell only starts with the first article that names it, so
        there the day of the article counts. A rejected spell is none, and one without a first day
        was over before. -#}
    {{ roles }}.review_status is distinct from 'rejected'
    and case {{ roles }}.origin when 'registry' then {{ day }} else {{ article_day }} end
        between {{ roles }}.valid_from and coalesce({{ roles }}.valid_to, date '9999-12-31')
{%- endmacro %}
