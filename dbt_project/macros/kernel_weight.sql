{% macro kernel_weight(distance) -%}
    {#- Weight of a month that lies `distance` months away, by the chosen kernel. -#}
    {%- set reach = var('smoothing_window_months') + 1 -%}
    {%- set kernel = var('smoothing_kernel') -%}
    {%- if kernel == 'uniform' -%} 1.0
    {%- elif kernel == 'triangular' -%} (1.0 - abs({{ distance }}) / {{ reach }}.0)
    {%- elif kernel == 'epanechnikov' -%} (1.0 - power({{ distance }} / {{ reach }}.0, 2))
    {%- elif kernel == 'gaussian' -%} exp(-0.5 * power({{ distance }} * 2.0 / {{ reach }}, 2))
    {%- else -%}
        {{ exceptions.raise_compiler_error("smoothing_kernel is '" ~ kernel ~ "': use uniform, triangular, epanechnikov or gaussian") }}
    {%- endif -%}
{%- endmacro %}
