-- A country code that no state has would leave its actor without a country.
with

coded as (

    select 'organisations' as seed, actor_name as seed_row, country_code from {{ ref('organisations') }}
    union all
    select 'office_holders', actor_name, country_code from {{ ref('office_holders') }}
    union all
    select 'outlets', outlet_name, country_code from {{ ref('outlets') }}
    union all
    select 'country_aliases', alias, country_code from {{ ref('country_aliases') }}

)

select coded.*
from coded
anti join {{ ref('states') }} as states on coded.country_code = states.country_code
where coded.country_code is not null
