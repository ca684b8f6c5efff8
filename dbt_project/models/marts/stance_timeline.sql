with

spells as (

    select * from {{ ref('int_stance_spells__grouped') }}

),

actors as (

    select * from {{ ref('dim_actors') }}

),

propositions as (

    select * from {{ ref('dim_propositions') }}

),

holders as (

    select
        holder_actor_id,
        proposition_id,
        row_number() over (
            partition by proposition_id
            order by sum(independent_report_count) desc, holder_actor_id
        ) as holder_rank,
    from spells
    group by holder_actor_id, proposition_id

),

final as (

    select
        spells.holder_actor_id,
        spells.proposition_id,
        spells.first_statement_id,
        spells.last_statement_id,
        actors.actor_name as holder_name,
        propositions.proposition_text,
        spells.position,
        spells.previous_position,
        spells.statement_count,
        spells.independent_report_count,
        spells.outlet_count,
        holders.holder_rank,
        spells.unnamed_share,
        spells.valid_from,
        spells.valid_to,
    from spells
    inner join actors on spells.holder_actor_id = actors.actor_id
    inner join propositions on spells.proposition_id = propositions.proposition_id
    inner join holders
        on
            spells.holder_actor_id = holders.holder_actor_id
            and spells.proposition_id = holders.proposition_id

)

select * from final
