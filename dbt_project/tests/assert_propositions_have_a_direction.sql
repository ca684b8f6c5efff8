-- A position is for or against something that should be: "Ukraine" alone leaves nothing to hold.
select
    proposition_id,
    proposition_text,
    policy_issue_name,
from {{ ref('propositions') }}
where
    proposition_id is null
    or proposition_text is null
    or not regexp_matches(
        proposition_text,
        '(?i)\b(should|must|may|ought|needs? to|(is|are) to|ha(s|ve) (a|the) right)\b'
    )
