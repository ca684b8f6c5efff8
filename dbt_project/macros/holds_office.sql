{% macro holds_office(roles, day, article_day) -%}
    {#- Whether a spell of a role covers the day on which something was said. The registry knows the
        days of an office; an observed spell only starts with the first article that names it, so
        there the day of the article counts. A rejected spell is none, and one without a first day
        was over before. Each comparison has one table on each side, or else all pairs would be tried. -#}
    {%- set is_registered = roles ~ ".origin = 'registry'" %}
    {{ roles }}.review_status is distinct from 'rejected'
    and {{ day }} >= case when {{ is_registered }} then {{ roles }}.valid_from else date '0001-01-01' end
    and {{ day }} <= coalesce(case when {{ is_registered }} then {{ roles }}.valid_to end, date '9999-12-31')
    and {{ article_day }} >= case when {{ is_registered }} then date '0001-01-01' else {{ roles }}.valid_from end
    and {{ article_day }} <= coalesce(case when not {{ is_registered }} then {{ roles }}.valid_to end, date '9999-12-31')
{%- endmacro %}
