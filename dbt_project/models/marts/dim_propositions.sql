with

propositions as (

    select * from {{ ref('propositions') }}

),

codebook as (

    select
        substr(
            md5(
                string_agg(
                    concat_ws(
                        chr(31),
                        proposition_id,
                        proposition_text,
                        coalesce(topic_terms, ''),
                        coalesce(support_terms, ''),
                        coalesce(oppose_terms, '')
                    ),
                    chr(31) order by proposition_id
                )
            ),
            1,
            16
        ) as codebook_version,
    from propositions

),

final as (

    select
        propositions.proposition_id,
        propositions.policy_issue_id,
        propositions.proposition_text,
        codebook.codebook_version,
        propositions.cap_major_topic,
    from propositions
    cross join codebook

)

select * from final
