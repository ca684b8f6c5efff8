with

source as (

    select * from {{ source('raw', 'entity_roles') }}

),

final as (

    select
        article_version_id,
        dump_date,
        entity_number,
        role_title,
        country_text,
        organisation_text,
        is_former,
        char_start,
        char_end,
    from source

)

select * from final
