"""What the newest release says of one night. A night is what one dump date delivered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from communique.errors import WrongCallError
from communique.warehouse import Release

_FIGURES = """
    with

    loads as (

        select
            cast(sum(records_read) as bigint) as records_read,
            cast(sum(records_loaded) as bigint) as records_loaded,
            cast(sum(records_rejected) as bigint) as records_rejected,
            cast(sum(records_duplicate) as bigint) as records_duplicate,
        from ops.loads
        where dump_date = $night

    ),

    statements as (

        select
            count(*) as statement_count,
            count(*) filter (where not is_origin_named) as unnamed_count,
        from marts.fct_statements
        where dump_date = $night and is_current

    ),

    versions as (

        select
            count(*) filter (where version_number = 1) as article_count,
            count(*) filter (where version_number > 1) as revision_count,
        from marts.dim_article_versions
        where dump_date = $night

    )

    select *
    from loads
    cross join statements
    cross join versions
    """

# Who is known to hold what by the end of the night: the speaker and whom the speaker speaks for, as
# in the timeline, but old versions too. So what a correction or a copy tells once more is no news,
# and what arrives late is news of the night that brought it.
_VOICES = """
    voices as (

        select
            unnest([stances.holder_actor_id, stances.on_behalf_of_actor_id]) as holder_actor_id,
            stances.proposition_id,
            stances.statement_id,
            statements.statement_cluster_id,
            stances.position,
            stances.expression,
            stances.is_current,
            statements.is_origin_named,
            stances.held_from,
            statements.dump_date,
        from marts.fct_stances as stances
        inner join marts.fct_statements as statements
            on stances.statement_id = statements.statement_id
        where
            statements.dump_date <= $night
            and stances.expression in ('self', 'reported')
            and stances.review_status <> 'rejected'

    )
    """

# A position that is neutral may be the mean of voices that are not.
_CHANGES = f"""
    with

    {_VOICES},

    changed as (

        select
            changes.proposition_id,
            changes.proposition_text,
            changes.holder_name,
            changes.from_position,
            changes.to_position,
            holders.actor_type <> 'person' as is_body,
            changes.changed_on,
            earlier.first_statement_id as earlier_statement_id,
            arg_min(
                voices.statement_id, (
                    voices.statement_id <> changes.deciding_statement_id,
                    voices.position <> changes.to_position,
                    not voices.is_current,
                    voices.held_from,
                    voices.expression <> 'self',
                    voices.statement_id
                )
            ) as deciding_statement_id,
            count(distinct voices.statement_cluster_id) as independent_report_count,
            bool_and(not voices.is_origin_named) as is_unnamed,
        from marts.stance_changes as changes
        inner join marts.dim_actors as holders on changes.holder_actor_id = holders.actor_id
        inner join marts.stance_timeline as spells
            on
                changes.holder_actor_id = spells.holder_actor_id
                and changes.proposition_id = spells.proposition_id
                and changes.changed_on = spells.valid_from
        inner join marts.stance_timeline as earlier
            on
                changes.holder_actor_id = earlier.holder_actor_id
                and changes.proposition_id = earlier.proposition_id
                and changes.changed_on = earlier.valid_to + 1
        inner join voices
            on
                changes.holder_actor_id = voices.holder_actor_id
                and changes.proposition_id = voices.proposition_id
                and changes.to_position in (voices.position, 'neutral')
                and spells.valid_from <= voices.held_from
                and coalesce(spells.valid_to, date '9999-12-31') >= voices.held_from
        group by all
        having min(voices.dump_date) = $night

    ),

    decided as (

        select
            proposition_id,
            proposition_text,
            deciding_statement_id,
            from_position,
            to_position,
            changed_on,
            list(holder_name order by is_body, holder_name) as holder_names,
            arg_min(earlier_statement_id, (is_body, holder_name)) as earlier_statement_id,
            max(independent_report_count) as independent_report_count,
            bool_and(is_unnamed) as is_unnamed,
        from changed
        group by all

    ),

    shown as (

        select
            statement_id,
            proposition_id,
            min(evidence_text) as evidence_text,
            bool_or(expression = 'self') as is_own_words,
            max(confidence) as confidence,
        from marts.fct_stances
        where
            statement_id in (
                select deciding_statement_id from decided
                union all
                select earlier_statement_id from decided
            )
        group by all

    )

    select
        decided.*,
        deciding.evidence_text,
        earlier.evidence_text as earlier_text,
        deciding.is_own_words,
        deciding.confidence,
    from decided
    inner join shown as deciding
        on
            decided.deciding_statement_id = deciding.statement_id
            and decided.proposition_id = deciding.proposition_id
    inner join shown as earlier
        on
            decided.earlier_statement_id = earlier.statement_id
            and decided.proposition_id = earlier.proposition_id
    order by
        max(decided.independent_report_count) over (
            partition by decided.proposition_id
        ) desc,
        decided.proposition_text,
        decided.changed_on,
        decided.holder_names
    """

_FIRST_POSITIONS = f"""
    with

    {_VOICES},

    firsts as (

        select
            holder_actor_id,
            proposition_id,
            arg_min(position, (held_from, expression <> 'self', statement_id)) as position,
            arg_min(statement_id, (held_from, expression <> 'self', statement_id)) as statement_id,
            count(distinct statement_cluster_id) as independent_report_count,
        from voices
        group by all
        having min(dump_date) = $night

    )

    select
        propositions.proposition_text,
        firsts.position,
        firsts.statement_id,
        list(
            holders.actor_name
            order by holders.actor_type <> 'person', holders.actor_name
        ) as holder_names,
        max(firsts.independent_report_count) as independent_report_count,
    from firsts
    inner join marts.dim_actors as holders on firsts.holder_actor_id = holders.actor_id
    inner join marts.dim_propositions as propositions
        on firsts.proposition_id = propositions.proposition_id
    group by all
    order by independent_report_count desc, holder_names, propositions.proposition_text
    """

_TALKED_ABOUT = """
    select propositions.proposition_text
    from marts.fct_stances as stances
    inner join marts.fct_statements as statements
        on stances.statement_id = statements.statement_id
    inner join marts.dim_propositions as propositions
        on stances.proposition_id = propositions.proposition_id
    where
        statements.dump_date = $night
        and stances.is_current
        and stances.expression in ('self', 'reported')
        and stances.review_status <> 'rejected'
    group by all
    order by
        count(distinct statements.statement_cluster_id) desc, propositions.proposition_text
    """

_SPELLS = """
    select
        holder_name,
        proposition_text,
        position,
        valid_from,
        valid_to,
        independent_report_count,
        outlet_count,
        unnamed_share,
    from marts.stance_timeline
    where
        proposition_text in (select unnest($propositions::varchar[]))
        and valid_from <= $until
    order by proposition_text, holder_name, valid_from
    """

_OUTLETS = """
    select
        coalesce(outlets.outlet_name, 'an unknown outlet') as outlet_name,
        count(*) filter (where statements.is_origin_named) as named_count,
        count(*) filter (where not statements.is_origin_named) as unnamed_count,
    from marts.fct_statements as statements
    left join marts.dim_outlets as outlets on statements.outlet_id = outlets.outlet_id
    where statements.dump_date = $night and statements.is_current
    group by all
    order by named_count + unnamed_count desc, outlet_name
    """

# What a named source says elsewhere does not rest on the unnamed one.
_UNNAMED_ONLY = """
    with

    clusters as (

        select
            statement_cluster_id,
            count(distinct articles.duplicate_cluster_id) as independent_report_count,
        from marts.fct_statements as statements
        inner join marts.dim_articles as articles
            on statements.article_id = articles.article_id
        where
            statements.is_current
            and statements.statement_cluster_id in (
                select statement_cluster_id from marts.fct_statements where dump_date = $night
            )
        group by statement_cluster_id
        having not bool_or(statements.is_origin_named)

    )

    select statements.statement_id
    from marts.fct_statements as statements
    inner join clusters on statements.statement_cluster_id = clusters.statement_cluster_id
    inner join marts.dim_articles as articles on statements.article_id = articles.article_id
    left join marts.fct_stances as stances on statements.statement_id = stances.statement_id
    where statements.dump_date = $night and statements.is_current
    group by
        statements.statement_id,
        statements.statement_cluster_id,
        statements.confidence,
        statements.hop_count,
        articles.is_cluster_original,
        clusters.independent_report_count
    qualify row_number() over (
        partition by statements.statement_cluster_id
        order by
            statements.hop_count, not articles.is_cluster_original, statements.statement_id
    ) = 1
    order by
        count(stances.stance_id) > 0 desc,
        clusters.independent_report_count desc,
        statements.confidence desc,
        statements.statement_id
    """

_CORRECTIONS = """
    select
        corrections.before_statement_id,
        corrections.after_statement_id,
        corrections.before_text,
        corrections.after_text,
        corrections.change_type,
    from marts.correction_log as corrections
    inner join marts.fct_statements as befores
        on corrections.before_statement_id = befores.statement_id
    where cast(corrections.changed_at as date) = $night
    order by corrections.article_id, befores.char_start
    """

_REFUSALS = """
    select
        reason_code,
        count(*) as record_count,
        list(
            {
                'dump_file': dump_file,
                'record_number': record_number,
                'reason': reason,
                'raw_excerpt': raw_excerpt
            }
            order by dump_file, record_number
        )[:3] as examples,
    from ops.rejected_records
    where dump_date = $night
    group by all
    order by record_count desc, reason_code
    """

_CHECKS = """
    select
        suite_name,
        column_name,
        expectation_type,
        severity,
        observed_value,
        unexpected_count,
        advice,
        is_success,
    from ops.validation_results
    where dump_date = $night
    qualify row_number() over (
        partition by suite_name, expectation_type, column_name
        order by rowid desc
    ) = 1
    order by severity, suite_name, column_name, expectation_type
    """

_BUILD = """
    select
        resource_type,
        status,
        count(*) as node_count,
    from ops.dbt_results
    where
        dump_date = $night
        and resource_type in ('model', 'test')
        and run_id = (
            select arg_max(run_id, rowid)
            from ops.dbt_results
            where dump_date = $night
        )
    group by all
    order by resource_type, status
    """


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The night in numbers; records read are loaded, refused or duplicate."""

    records_read: int
    records_loaded: int
    records_rejected: int
    records_duplicate: int
    article_count: int
    revision_count: int
    statement_count: int
    unnamed_count: int


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change of position that became known in the night, whenever it happened.

    `evidence_text` are the words that decided it, `earlier_text` those of the position before;
    `is_own_words` says whether the holder said them.
    """

    holder_names: list[str]
    proposition_id: str
    proposition_text: str
    from_position: str
    to_position: str
    changed_on: date
    evidence_text: str
    deciding_statement_id: str
    earlier_text: str
    earlier_statement_id: str
    independent_report_count: int
    is_unnamed: bool
    is_own_words: bool
    confidence: float


@dataclass(frozen=True, kw_only=True)
class FirstPosition:
    """A position of somebody of whom none was known on that question before."""

    holder_names: list[str]
    proposition_text: str
    position: str
    statement_id: str
    independent_report_count: int


@dataclass(frozen=True, kw_only=True)
class Spell:
    """A time in which a holder kept a position; an open one has no last day."""

    holder_name: str
    proposition_text: str
    position: str
    valid_from: date
    valid_to: date | None
    independent_report_count: int
    outlet_count: int
    unnamed_share: float


@dataclass(frozen=True, kw_only=True)
class OutletSources:
    """How many statements of an outlet rest on a named origin, and how many do not."""

    outlet_name: str
    named_count: int
    unnamed_count: int


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A statement that a later version changed, or dropped: then there is no "after"."""

    before_statement_id: str
    after_statement_id: str | None
    before_text: str
    after_text: str | None
    change_type: str


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """The records that were refused for one reason, with a few of them."""

    reason_code: str
    record_count: int
    examples: list[dict]


@dataclass(frozen=True, kw_only=True)
class Check:
    """The last result of one expectation for the night."""

    suite_name: str
    column_name: str | None
    expectation_type: str
    severity: str
    observed_value: str | None
    unexpected_count: int | None
    advice: str
    is_success: bool


@dataclass(frozen=True, kw_only=True)
class Built:
    """How many models or tests of the build ended with a status."""

    resource_type: str
    status: str
    node_count: int


@dataclass(frozen=True, kw_only=True)
class Night:
    """Everything that the warehouse says of a night.

    `until` is the last day that it looks at: the dump date, or a later one of a change. `topics`
    are propositions, the most talked about first; `unnamed_only` are ids of statements.
    """

    dump_date: date
    until: date
    figures: Figures
    changes: list[Change]
    first_positions: list[FirstPosition]
    topics: list[str]
    spells: list[Spell]
    outlets: list[OutletSources]
    unnamed_only: list[str]
    corrections: list[Correction]
    refusals: list[Refusal]
    checks: list[Check]
    built: list[Built]


def read_night(release: Release, dump_date: date) -> Night:
    """Ask a release what one night brought.

    Raises WrongCallError when the release holds no such night.
    """
    _require_night(release, dump_date)

    def rows(sql: str, record: Callable) -> list:
        return [record(**row) for row in release.ask(sql, {"night": dump_date}).records()]

    def names(sql: str) -> list[str]:
        return [name for (name,) in release.ask(sql, {"night": dump_date}).rows]

    changes = rows(_CHANGES, Change)
    topics = names(_TALKED_ABOUT)
    until = max([dump_date, *(change.changed_on for change in changes)])
    propositions = sorted({*topics, *(change.proposition_text for change in changes)})
    spells = release.ask(_SPELLS, {"propositions": propositions, "until": until})
    return Night(
        dump_date=dump_date,
        until=until,
        figures=rows(_FIGURES, Figures)[0],
        changes=changes,
        first_positions=rows(_FIRST_POSITIONS, FirstPosition),
        topics=topics,
        spells=[Spell(**row) for row in spells.records()],
        outlets=rows(_OUTLETS, OutletSources),
        unnamed_only=names(_UNNAMED_ONLY),
        corrections=rows(_CORRECTIONS, Correction),
        refusals=rows(_REFUSALS, Refusal),
        checks=rows(_CHECKS, Check),
        built=rows(_BUILD, Built),
    )


def _require_night(release: Release, dump_date: date) -> None:
    nights: Sequence[date] = [
        night
        for (night,) in release.ask("select distinct dump_date from ops.loads order by all").rows
    ]
    if dump_date not in nights:
        held = f"the nights of {nights[0]} to {nights[-1]}" if nights else "no night"
        raise WrongCallError(
            f"The published file holds nothing of the night of {dump_date}: it holds {held}. "
            f"`communique run {dump_date}` adds the night, once its dump is delivered."
        )
