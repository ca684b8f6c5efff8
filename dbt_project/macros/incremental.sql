{% macro where_touched(touched, keys=['dump_date', 'article_version_id']) -%}
    {#- Of a night that is added to a history, only the rows of what the night touched. The dump date
        is asked for, too, since tables lie in its order: of a few dates, each named once, DuckDB then
        reads the parts of the table that hold them. -#}
    {%- set touched_rows = ref(touched) -%}
    {%- if is_incremental() %}where {{ is_touched(keys, touched_rows) }}{% endif -%}
{%- endmacro %}

{% macro is_touched(keys, touched_rows, either=[]) -%}
    {#- Marts that are joined with `using` call the version by a longer name, so that the plain one stays
        that of a single table. Of `either`, columns that mean the same of two sides, one is enough. -#}
    {%- for key in keys -%}
        {%- set theirs = 'article_version_id' if key.endswith('article_version_id') else key -%}
        {{ key }} in (select distinct {{ theirs }} from {{ touched_rows }}){{ ' and ' if not loop.last }}
    {%- endfor -%}
    {%- if either %} and (
        {%- for column in either -%}
            {{ column }} in (select {{ either[0] }} from {{ touched_rows }}){{ ' or ' if not loop.last }}
        {%- endfor -%}
    ){%- endif -%}
{%- endmacro %}

{% macro is_touched_now(touched, key) -%}
    {#- Whether the night touched a row that is read beside untouched ones; without a history, all are. -#}
    {%- set touched_rows = ref(touched) -%}
    {%- if is_incremental() -%} {{ is_touched([key], touched_rows) }} {%- else -%} true {%- endif -%}
{%- endmacro %}

{% macro is_touched_row(model, touched_rows) -%}
    {#- Whether the night touched a row of a model, as the model's configuration says. -#}
    {%- set key = model.config.unique_key -%}
    {{ is_touched([key] if key is string else key, touched_rows, model.config.meta.get('touched_either', [])) }}
{%- endmacro %}

{% macro columns_of(relation) -%}
    {{ return(get_quoted_csv(adapter.get_columns_in_relation(relation) | map(attribute='name'))) }}
{%- endmacro %}

{% macro get_incremental_replace_touched_sql(arguments) %}
    {#- Take out all rows of what the night touched and put in those that it has now. What is no
        longer there goes, too, since what is touched is known by name. Of a mart, rows that stay what
        they were are left where they are: most do. -#}
    {%- set target, rows = arguments.target_relation, arguments.temp_relation -%}
    {%- set touched = is_touched_row(model, ref(config.get('meta')['touched_by'])) -%}
    {%- set noted = config.get('meta').get('notes') -%}
    {%- if noted %}
        insert into raw.touched_keys
        select distinct '{{ this.name }}', key
        from (
            select {{ noted }} as key from {{ target }} where {{ touched }}
            union all
            select {{ noted }} as key from {{ rows }}
        )
        where key is not null;
    {%- endif %}
    {%- set columns = columns_of(target) -%}
    {%- if target.database == 'warehouse' %}
        {%- set going, coming = this.name ~ '__going', this.name ~ '__coming' %}
        create or replace temporary table {{ going }} as
        select rowid as row_id, hash(written) as row_hash
        from {{ target }} as written where {{ touched }};
        create or replace temporary table {{ coming }} as
        select * from (select {{ columns }} from {{ rows }}) as computed
        where hash(computed) not in (select row_hash from {{ going }});
        delete from {{ going }}
        where row_hash in (
            select hash(computed) from (select {{ columns }} from {{ rows }}) as computed
        );
        {{ note_rows(going, '-', row_hash='row_hash') }};
        {{ note_rows(coming) }};
        {#- Rows are searched by their ids in all of a table, so what is touched is asked for once more. #}
        delete from {{ target }} where {{ touched }} and rowid in (select row_id from {{ going }});
        insert into {{ target }} ({{ columns }}) select {{ columns }} from {{ coming }};
    {%- else %}
        {{ replace_rows(target, rows, columns, touched) }}
    {%- endif %}
{% endmacro %}

{% macro get_incremental_replace_changed_sql(arguments) %}
    {#- Of a table that is computed whole, write only the keys whose rows changed, appeared or went:
        most stay what they were, and writing takes longer than comparing. The keys of those that
        changed in what is read of them further on are noted. -#}
    {%- set target, rows, key = arguments.target_relation, arguments.temp_relation, arguments.unique_key -%}
    {%- set columns = columns_of(target) -%}
    {%- set changed_keys = this.name ~ '__changed' -%}
    {%- set changed = key ~ ' in (select key from ' ~ changed_keys ~ ')' -%}
    {%- set compared = config.get('meta', {}).get('compared_columns') -%}
    create or replace temporary table {{ changed_keys }} as
    select key
    from (
        select {{ key }} as key, 1 as more, cast(hash(computed) as hugeint) as row_hash
        from (select {{ columns }} from {{ rows }}) as computed
        union all
        select {{ key }} as key, -1 as more, -cast(hash(written) as hugeint) as row_hash
        from {{ target }} as written
    )
    group by key
    having sum(more) <> 0 or sum(row_hash) <> 0;
    {%- if compared %}
        insert into raw.touched_keys
        select distinct '{{ this.name }}', {{ key }}
        from (
            select {{ ([key] + compared) | join(', ') }}, 1 as more from {{ rows }} where {{ changed }}
            union all
            select {{ ([key] + compared) | join(', ') }}, -1 as more from {{ target }} where {{ changed }}
        )
        group by {{ ([key] + compared) | join(', ') }}
        having sum(more) <> 0;
    {%- endif %}
    {{ replace_rows(target, '(select * from ' ~ rows ~ ' where ' ~ changed ~ ')', columns, changed) }}
{% endmacro %}

{% macro replace_rows(target, rows, columns, condition) -%}
    {#- Put `rows` in place of those that meet the condition. -#}
    {%- if target.database == 'warehouse' %}
        {{ note_rows('(select * from ' ~ target ~ ' where ' ~ condition ~ ')', '-') }};
        {{ note_rows('(select ' ~ columns ~ ' from ' ~ rows ~ ')') }};
    {%- endif %}
    delete from {{ target }} where {{ condition }};
    insert into {{ target }} ({{ columns }}) select {{ columns }} from {{ rows }};
{%- endmacro %}

{% macro noted_by() -%}
    {#- The models whose notes are asked for; naming them has them built before. -#}
    (
        {%- for model in varargs -%}
            {%- set built_before = ref(model) -%}
            '{{ model }}'{{ ', ' if not loop.last }}
        {%- endfor -%}
    )
{%- endmacro %}

{% macro get_incremental_add_missing_sql(arguments) %}
    {#- Add the rows that are not there yet; what is there never changes. -#}
    {%- set columns = columns_of(arguments.target_relation) -%}
    insert into {{ arguments.target_relation }} ({{ columns }})
    select {{ columns }} from {{ arguments.temp_relation }};
{% endmacro %}

{% macro note_content() -%}
    {#- What a mart that was built whole says, for the content hash of the publication. -#}
    {{ return(adapter.dispatch('note_content')()) }}
{%- endmacro %}

{% macro default__note_content() -%}
    {%- if execute and not is_incremental() -%}
        delete from warehouse.main.contents where table_name = '{{ this.name }}';
        {{ note_rows(this) }};
    {%- endif -%}
{%- endmacro %}

{% macro note_rows(rows, sign='', row_hash='hash(published_row)') -%}
    {#- Hashes add up, whatever the order of the rows; columns that say when we computed, not what the
        articles say, are no part of them. -#}
    {%- set clocks = config.get('meta', {}).get('clock_columns', []) -%}
    insert into warehouse.main.contents
    select
        '{{ this.name }}' as table_name,
        {{ sign }} count(*) as row_count,
        {{ sign }} coalesce(sum(cast({{ row_hash }} as hugeint)), 0) as row_hash_sum
    from (
        select *{% if clocks %} exclude ({{ clocks | join(', ') }}){% endif %}
        from {{ rows }}
    ) as published_row
{%- endmacro %}

{% macro written(model_name) -%}
    {#- The rows of a model that the night wrote, which is what tests look at; a build of everything
        tests everything. -#}
    {%- set model = graph.nodes['model.communique.' ~ model_name] if execute -%}
    {%- set touched_by = model.config.get('meta', {}).get('touched_by') if model -%}
    {%- if touched_by and not flags.FULL_REFRESH -%}
        {%- set touched = graph.nodes['model.communique.' ~ touched_by].relation_name -%}
        (select * from {{ model.relation_name }} where {{ is_touched_row(model, touched) }})
    {%- else -%}
        {{ ref(model_name) }}
    {%- endif -%}
{%- endmacro %}

{% macro get_where_subquery(relation) -%}
    {#- Generic tests ask for their rows here. -#}
    {%- if execute -%}
        {%- set model = graph.nodes.get('model.communique.' ~ relation.identifier) -%}
        {%- if model and model.relation_name == relation | string and model.config.get('meta', {}).get('touched_by') and not flags.FULL_REFRESH -%}
            {{ return(written(model.name)) }}
        {%- endif -%}
    {%- endif -%}
    {{ return(default__get_where_subquery(relation)) }}
{%- endmacro %}
