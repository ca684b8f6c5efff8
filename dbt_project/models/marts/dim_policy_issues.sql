with

propositions as (

    select * from {{ ref('propositions') }}

),

final as (

    select
        policy_issue_id,
        cast(null as varchar) as parent_policy_issue_id,
        min(policy_issue_name) as policy_issue_name,
        -- An issue whose propositions fall under several topics gets the one most of them share.
        cast(mode(cap_major_topic order by cap_major_topic) as integer) as cap_major_topic,
    from propositions
    group by policy_issue_id

)

select * from final
