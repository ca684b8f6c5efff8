with

articles as (

    select * from {{ ref('stg_raw__articles') }}
    {{ where_touched('int_versions__loaded') }}

),

deliveries as (

    select
        *,
        lag(content_hash) over in_order_of_delivery as previous_content_hash,
        lag(body_text) over in_order_of_delivery as previous_body_text,
        lag(title) over in_order_of_delivery as previous_title,
    from articles
    window in_order_of_delivery as (
        partition by article_id
        order by dump_date, dump_file, dump_record
    )

),

versions as (

    select
        *,
        row_number() over in_order_of_delivery as version_number,
        lead(dump_date) over in_order_of_delivery as next_dump_date,
    from deliveries
    where content_hash is distinct from previous_content_hash
    window in_order_of_delivery as (
        partition by article_id
        order by dump_date, dump_file, dump_record
    )

),

signs as (

    select
        *,
        length(body_text) / greatest(length(previous_body_text), 1) as length_ratio,
        {{ has_correction_note("concat_ws(' ', title, body_text)") }}
        and not coalesce({{ has_correction_note("concat_ws(' ', previous_title, previous_body_text)") }}, false)
            as has_new_correction_note,
        regexp_matches(
            concat_ws(' ', title, left(body_text, 400)),
            '(?i)\b(withdrawn|retracted|has been removed|kill notice)\b'
        ) as has_withdrawal_note,
        regexp_replace(lower(body_text), '[^\p{L}\p{N}]', '', 'g')
        = regexp_replace(lower(previous_body_text), '[^\p{L}\p{N}]', '', 'g') as has_equal_words,
    from versions

),

final as (

    select
        article_version_id,
        article_id,
        canonical_url,
        outlet_name,
        outlet_domain,
        title,
        author,
        content_hash,
        language_code,
        wire_credit,
        published_precision,
        published_reason,
        version_number,
        published_at,
        dump_date,
        next_dump_date,
        len({{ words('left(body_text, 2000)') }}) < {{ var('fewest_words_of_a_copy') }} as has_few_words,
        case
            when version_number = 1 then 'first'
            when has_withdrawal_note and length_ratio < 0.5 then 'withdrawal'
            when has_new_correction_note then 'correction'
            when has_equal_words or length_ratio between 0.98 and 1.02 then 'minor'
            else 'update'
        end as change_type,
        next_dump_date is null as is_current,
        coalesce(cast(published_at as date), dump_date) as article_date,
    from signs

)

select * from final
order by dump_date
