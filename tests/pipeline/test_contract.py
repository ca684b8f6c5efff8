"""The published file keeps its contract: schemas, tables, columns, descriptions, accounts."""

import pytest

MARTS = {
    "dim_dates": "date_day year month iso_week",
    "dim_outlets": "outlet_id outlet_name domain outlet_type is_wire country_code",
    "dim_articles": "article_id outlet_id canonical_url title language_code published_at "
    "published_precision current_article_version_id version_count duplicate_cluster_id "
    "is_cluster_original wire_credit",
    "dim_article_versions": "article_version_id article_id version_number title body_text "
    "content_hash change_type valid_from valid_to is_current dump_date dump_file dump_record",
    "dim_article_blocks": "article_version_id block_number block_type char_start char_end",
    "dim_actors": "actor_id actor_name actor_type country_code parent_actor_id sector_code "
    "wikidata_qid origin first_seen_on last_seen_on",
    "dim_actor_aliases": "alias actor_id alias_type valid_from valid_to mention_count origin",
    "dim_actor_roles": "actor_role_id actor_id role_title sector_code organisation_actor_id "
    "represents_actor_id valid_from valid_to valid_precision origin evidence_count "
    "first_evidence_id last_evidence_id",
    "dim_sources": "source_id source_type is_named descriptor descriptor_country_code "
    "descriptor_sector_code descriptor_rank is_plural actor_id outlet_id article_id",
    "dim_policy_issues": "policy_issue_id policy_issue_name cap_major_topic parent_policy_issue_id",
    "dim_propositions": "proposition_id policy_issue_id proposition_text codebook_version",
    "dim_extraction_runs": "extraction_run_id extractor_version model_hash codebook_version "
    "dump_date started_at article_count statement_count",
    "fct_statements": "statement_id article_version_id article_id outlet_id statement_cluster_id "
    "quote_type cue channel modality content_text char_start char_end quote_prefix quote_suffix "
    "sentence_number speaker_source_id speaker_actor_id speaker_role_id on_behalf_of_actor_id "
    "addressee_actor_id said_from said_to said_precision hop_count is_origin_named confidence "
    "extraction_run_id dump_date is_current",
    "statement_spans": "statement_id span_number char_start char_end span_text",
    "fct_statement_hops": "statement_id hop_number source_id cue char_start char_end is_implicit",
    "fct_stances": "stance_id statement_id article_version_id holder_actor_id "
    "on_behalf_of_actor_id proposition_id position position_score expression condition_text "
    "evidence_text char_start char_end confidence held_from review_status is_current",
    "doubtful_stances": "stance_id statement_id article_version_id holder_actor_id proposition_id "
    "position expression evidence_text char_start char_end confidence",
    "fct_actor_mentions": "mention_id article_version_id actor_id surface char_start char_end "
    "link_method link_confidence",
    "fct_interactions": "interaction_id statement_id article_version_id interaction_type mode "
    "initiator_actor_id recipient_actor_id requested_by_actor_id place happened_from happened_to "
    "happened_precision",
    "fct_reviews": "review_id target_table target_id decision reviewer reviewed_at note",
    "stance_timeline": "holder_actor_id holder_name proposition_id proposition_text position "
    "valid_from valid_to statement_count independent_report_count outlet_count unnamed_share "
    "first_statement_id last_statement_id previous_position",
    "stance_changes": "holder_actor_id holder_name proposition_id changed_on from_position "
    "to_position deciding_statement_id evidence_text",
    "stance_monthly": "holder_actor_id holder_name proposition_id month_start mean_score "
    "statement_count independent_report_count unnamed_share smoothed_score",
    "actor_agreement_monthly": "actor_id other_actor_id proposition_id month_start "
    "agreement_count conflict_count",
    "statement_provenance": "statement_id statement_cluster_id said_from speaker_name "
    "speaker_role on_behalf_of_name addressee_name quote_type modality content_text "
    "attribution_chain is_origin_named independent_report_count confidence outlet_name title "
    "canonical_url published_at char_start char_end quote_prefix quote_suffix dump_date dump_file "
    "dump_record extractor_version",
    "source_transparency_daily": "outlet_id outlet_name date_day statement_count unnamed_share "
    "mean_hop_count document_share",
    "outlet_citations": "citing_outlet_id citing_outlet_name cited_outlet_id cited_outlet_name "
    "month_start statement_count",
    "actor_daily": "actor_id actor_name date_day mention_count statement_count stance_count",
    "interaction_log": "interaction_id happened_from happened_precision interaction_type mode "
    "initiator_name recipient_name requested_by_name place evidence_text outlet_name "
    "canonical_url",
    "correction_log": "article_id canonical_url before_statement_id after_statement_id "
    "before_text after_text change_type changed_at",
}
OPS = {
    "loads": "load_id dump_date dump_file content_hash dump_format records_read records_loaded "
    "records_rejected records_duplicate started_at seconds",
    "rejected_records": "load_id dump_date dump_file record_number byte_offset reason_code "
    "reason raw_excerpt",
    "validation_results": "run_id dump_date suite_name expectation_type column_name severity "
    "is_success observed_value unexpected_count advice",
    "night_figures": "dump_date step outlet_name figure value",
    "dbt_results": "run_id dump_date node_name resource_type status seconds row_count",
    "publications": "publication_id published_at first_dump_date last_dump_date marts_hash "
    "statement_count stance_count",
}


def tables_of(house, schema):
    columns = house.ask(
        "select table_name, column_name, data_type, comment from duckdb_columns() "
        "where schema_name = ? and database_name = current_database()",
        schema,
    )
    tables = {}
    for table, column, data_type, comment in columns:
        tables.setdefault(table, {})[column] = (data_type, comment)
    return tables


@pytest.mark.parametrize(("schema", "contract"), [("marts", MARTS), ("ops", OPS)])
def test_all_tables_and_columns_of_the_contract_are_there(week, schema, contract):
    tables = tables_of(week, schema)

    assert set(tables) == set(contract)
    for table, columns in contract.items():
        assert set(columns.split()) - set(tables[table]) == set(), table


def test_readers_get_the_marts_and_the_accounts_and_nothing_else(week):
    schemas = week.ask(
        "select distinct schema_name from duckdb_tables() "
        "where database_name = current_database() order by 1"
    )

    assert schemas == [("marts",), ("ops",)]


def test_every_mart_and_every_column_of_it_is_described_in_the_file_itself(week):
    undescribed = [
        f"{table}.{column}"
        for table, columns in tables_of(week, "marts").items()
        for column, (_, comment) in columns.items()
        if not comment
    ]
    grains = week.ask("select table_name, comment from duckdb_tables() where schema_name = 'marts'")

    assert undescribed == []
    assert [table for table, comment in grains if not comment.startswith("One row per")] == []


def test_names_of_columns_tell_their_types(week):
    expected = {"_at": "TIMESTAMP", "_on": "DATE", "_count": "BIGINT", "_share": "DOUBLE"}
    for table, columns in tables_of(week, "marts").items():
        for column, (data_type, _) in columns.items():
            for ending, wanted in expected.items():
                if column.endswith(ending) and not column.startswith("mean_"):
                    assert data_type == wanted, f"{table}.{column}"
            if column.startswith(("is_", "has_")):
                assert data_type == "BOOLEAN", f"{table}.{column}"


def test_unknown_is_null_and_never_an_empty_text(week):
    for table, columns in tables_of(week, "marts").items():
        texts = [column for column, (data_type, _) in columns.items() if data_type == "VARCHAR"]
        # What stands before the first word of a text is nothing, and known to be so.
        texts = [column for column in texts if column not in ("quote_prefix", "quote_suffix")]
        if texts:
            empty = " or ".join(f"trim(\"{column}\") in ('', 'N/A', 'None')" for column in texts)
            assert week.ask(f'select count(*) from marts."{table}" where {empty}') == [(0,)], table


def test_no_table_of_the_sample_week_is_empty_but_the_reviews(week):
    empty = [table for table in MARTS if week.ask(f"select count(*) from marts.{table}") == [(0,)]]

    assert empty == ["fct_reviews"]


def test_every_record_of_every_file_is_accounted_for(week):
    accounts = week.ask(
        "select sum(records_read), sum(records_loaded), sum(records_rejected), "
        "sum(records_duplicate), count(*) filter (where records_read "
        "<> records_loaded + records_rejected + records_duplicate) from ops.loads"
    )
    refused = week.ask("select count(*) from ops.rejected_records")

    ((read, loaded, rejected, duplicate, wrong),) = accounts
    assert (read, loaded + rejected + duplicate, wrong) == (86, 86, 0)
    assert refused == [(rejected,)]


def test_the_sample_breaks_records_in_at_least_ten_ways_and_says_why(week):
    reasons = week.ask(
        "select reason_code, count(*), bool_and(length(reason) > 20) from ops.rejected_records "
        "group by all"
    )

    assert sum(count for _, count, _ in reasons) >= 10
    assert len(reasons) >= 7
    assert all(explained for _, _, explained in reasons)


def test_published_files_can_only_be_read(week):
    releases = list(week.settings.releases.glob("*/*.duckdb"))

    assert len(releases) == week.settings.keep_releases
    assert {release.stat().st_mode & 0o777 for release in releases} == {0o444}


def test_a_stance_carries_the_codebook_that_the_propositions_table_names(week):
    others = week.ask(
        "select count(*) from marts.fct_stances as stances "
        "inner join marts.dim_propositions as propositions using (proposition_id) "
        "where stances.codebook_version <> propositions.codebook_version"
    )

    assert others == [(0,)]


def test_the_words_behind_a_stance_stand_in_its_article_at_the_place_it_names(week):
    wrong = week.ask(
        "select count(*) from marts.fct_stances as stances "
        "inner join marts.dim_article_versions as versions using (article_version_id) "
        "where versions.body_text[stances.char_start + 1 : stances.char_end] "
        "<> stances.evidence_text"
    )

    assert wrong == [(0,)]
