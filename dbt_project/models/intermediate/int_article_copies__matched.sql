with recursive

pairs as (

    select * from {{ ref('int_article_pairs__suspected') }}

),

compared as (

    select * from {{ ref('int_article_pairs__compared') }}

),

measured as (

    select
        pairs.article_id,
        pairs.earlier_article_id,
        pairs.outlet_id,
        pairs.earlier_outlet_id,
        pairs.is_wire_story,
        compared.shared_count
        / (compared.shingle_count + compared.earlier_shingle_count - compared.shared_count)
            as shared_share,
        compared.shared_count / least(compared.shingle_count, compared.earlier_shingle_count)
            as contained_share,
    from pairs
    inner join compared
        on
            pairs.article_version_id = compared.article_version_id
            and pairs.earlier_version_id = compared.earlier_version_id

),

-- Outlets cut what they print, most of all the stories of an agency, which keep their titles.
copies as (

    select *
    from measured
    where
        shared_share >= {{ var('minimum_shared_share') }}
        or (contained_share >= {{ var('minimum_contained_share') }} and shared_share >= 0.5)
        or (contained_share >= 0.5 and is_wire_story)

),

nearest as (

    select *
    from copies
    qualify row_number() over (
        partition by article_id order by shared_share desc, earlier_article_id
    ) = 1

),

-- A copy of a copy is a copy of the first: always of an earlier one, so that this ends.
followed as (

    select
        article_id,
        outlet_id,
        earlier_article_id as original_article_id,
        earlier_outlet_id as original_outlet_id,
        shared_share,
    from nearest

    union all

    select
        followed.article_id,
        followed.outlet_id,
        nearest.earlier_article_id as original_article_id,
        nearest.earlier_outlet_id as original_outlet_id,
        followed.shared_share,
    from followed
    inner join nearest on followed.original_article_id = nearest.article_id

),

-- A running story is no copy of its outlet's own by way of what others made of it, either.
final as (

    select
        followed.article_id,
        followed.original_article_id,
        followed.shared_share,
    from followed
    anti join nearest on followed.original_article_id = nearest.article_id
    where followed.outlet_id is distinct from followed.original_outlet_id

)

select * from final
