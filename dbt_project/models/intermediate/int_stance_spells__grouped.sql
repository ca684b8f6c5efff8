with

-- Read twice, and DuckDB would copy all of it first.
stances as not materialized (

    select * from {{ ref('int_stances__counted') }}
    {{ where_touched('int_holders__touched', ['holder_actor_id']) }}

),

-- One voice a report: repeated reports of one statement weigh once.
days as (

    select
        holder_actor_id,
        proposition_id,
        held_from,
        case
            when avg(position_score) > 1.0 / 3 then 'support'
            when avg(position_score) < -1.0 / 3 then 'oppose'
            else 'neutral'
        end as position,
    from stances
    where is_first_report
    group by all

),

changes as (

    select
        *,
        position is distinct from lag(position) over by_day as is_change,
    from days
    window by_day as (partition by holder_actor_id, proposition_id order by held_from)

),

numbered as (

    select
        *,
        count(*) filter (where is_change) over (
            partition by holder_actor_id, proposition_id order by held_from
        ) as spell_number,
    from changes

),

grouped as (

    select
        holder_actor_id,
        proposition_id,
        spell_number,
        min(position) as position,
        min(held_from) as valid_from,
    from numbered
    group by all

),

spells as (

    select
        *,
        lead(valid_from) over by_spell - 1 as valid_to,
        lag(position) over by_spell as previous_position,
    from grouped
    window by_spell as (partition by holder_actor_id, proposition_id order by spell_number)

),

evidence as (

    select
        spells.holder_actor_id,
        spells.proposition_id,
        spells.spell_number,
        count(*) filter (where stances.is_first_stance) as statement_count,
        count(*) filter (where stances.is_first_report)
        + count(distinct stances.statement_cluster_id) filter (
            where stances.first_reported_on < spells.valid_from
        ) as independent_report_count,
        count(distinct stances.outlet_id) as outlet_count,
        count(distinct stances.statement_cluster_id) filter (where not stances.is_origin_named)
            as unnamed_report_count,
        arg_min(
            stances.statement_id, (
                sign(stances.position_score) <> case spells.position
                    when 'support' then 1 when 'oppose' then -1 else 0
                end,
                not stances.is_first_report,
                stances.held_from,
                not stances.is_cluster_original,
                stances.statement_id
            )
        ) as first_statement_id,
        arg_max(
            stances.statement_id, (stances.held_from, stances.statement_id)
        ) as last_statement_id,
    from spells
    inner join stances
        on
            spells.holder_actor_id = stances.holder_actor_id
            and spells.proposition_id = stances.proposition_id
            and stances.held_from >= spells.valid_from
            and stances.held_from <= coalesce(spells.valid_to, date '9999-12-31')
    group by all

),

final as (

    select
        spells.*,
        evidence.statement_count,
        evidence.independent_report_count,
        evidence.outlet_count,
        cast(evidence.unnamed_report_count as double) / evidence.independent_report_count
            as unnamed_share,
        evidence.first_statement_id,
        evidence.last_statement_id,
    from spells
    inner join evidence
        on
            spells.holder_actor_id = evidence.holder_actor_id
            and spells.proposition_id = evidence.proposition_id
            and spells.spell_number = evidence.spell_number

)

select * from final
