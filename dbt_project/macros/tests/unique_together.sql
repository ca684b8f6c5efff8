{% test unique_together(model, columns) %}
    {#- The columns together name a row. -#}
    select
        {{ columns | join(', ') }},
        count(*) as row_count,
    from {{ model }}
    group by {{ columns | join(', ') }}
    having count(*) > 1
{% endtest %}
