"""The real data sets, as a user would bring them: guessed sensibly, counted as SQL counts them."""

import duckdb
import pytest

from hamsafar.events.files import FileUnreadable, inspect, read_batches


def counts(path, guess):
    persons, names, events, rejected = set(), {}, 0, {}
    for batch in read_batches(path, guess):
        events += batch.table.num_rows
        persons.update(batch.table["person"].unique().to_pylist())
        for item in batch.table["name"].value_counts().to_pylist():
            names[item["values"]] = names.get(item["values"], 0) + item["counts"]
        for row in batch.rejected:
            rejected[row.code] = rejected.get(row.code, 0) + 1
    return events, len(persons), names, rejected


def test_online_retail(shared_data):
    path = shared_data / "online_retail" / "onlineretail.parquet"
    inspection = inspect(path)
    guess = inspection.guess
    assert (guess.person, guess.event, guess.time) == ("CustomerID", "", "InvoiceDate")
    assert [question.code for question in inspection.questions] == ["no_event_column"]
    assert guess.properties == ("InvoiceNo", "StockCode", "Description", "Quantity", "UnitPrice", "Country")
    assert guess.numbers == ("Quantity", "UnitPrice")
    events, persons, _, rejected = counts(path, guess)
    known = duckdb.sql(
        f"select count(CustomerID), count(distinct CustomerID), count(*) - count(CustomerID) from '{path}'"
    ).fetchall()[0]
    assert (events, persons, rejected) == (known[0], known[1], {"missing_person": known[2]})
    assert (events, persons) == (406_829, 4_372)


@pytest.mark.parametrize(
    ("name", "time", "questions"),
    [
        ("transactions_sample", "transaction_timestamp", ["no_event_column"]),
        ("coupon_redemptions", "redemption_date", ["no_event_column"]),
        ("campaigns", "", ["no_time_column", "no_event_column"]),
    ],
)
def test_complete_journey(shared_data, name, time, questions):
    path = shared_data / "complete_journey" / f"{name}.parquet"
    inspection = inspect(path)
    guess = inspection.guess
    assert (guess.person, guess.event, guess.time) == ("household_id", "", time)
    assert [question.code for question in inspection.questions] == questions
    if time:
        events, persons, names, rejected = counts(path, guess)
        known = duckdb.sql(f"select count(*), count(distinct household_id) from '{path}'").fetchall()[0]
        assert (events, persons) == known
        assert (names, rejected) == ({name: events}, {})


@pytest.mark.parametrize(
    ("folder", "file", "event"),
    [("ecom_clickstream", "ecom.csv.gz", "event"), ("clickstream_nps", "clickstream.csv.gz", "action_type")],
)
def test_clickstreams(shared_data, folder, file, event):
    path = shared_data / folder / file
    inspection = inspect(path)
    guess = inspection.guess
    assert (guess.person, guess.event, guess.time) == ("user_id", event, "timestamp")
    assert "session_id" in guess.properties
    assert inspection.questions == ()
    events, persons, names, rejected = counts(path, guess)
    rows = duckdb.sql(f"select {event}, count(*) from '{path}' group by 1").fetchall()
    assert names == dict(rows)
    assert persons == duckdb.sql(f"select count(distinct user_id) from '{path}'").fetchall()[0][0]
    assert (events, rejected) == (sum(names.values()), {})
    assert inspection.rows_estimate == events


def test_survey_answers(shared_data):
    guess = inspect(shared_data / "clickstream_nps" / "nps_feedback.csv").guess
    assert (guess.person, guess.event_constant, guess.time) == ("user_id", "nps_feedback", "timestamp")
    assert (guess.properties, guess.numbers) == (("nps_score", "feedback_text"), ("nps_score",))


def test_no_export_of_a_crm_is_a_surprise(shared_data):
    files = sorted((shared_data / "crm_exports").glob("*/*.csv"))
    assert len(files) > 50
    for path in files:
        try:
            inspection = inspect(path)
        except FileUnreadable as error:
            pytest.fail(f"{path.name}: {error}")
        guess = inspection.guess
        if guess.person and guess.time:
            for batch in read_batches(path, guess):
                assert batch.table.num_rows + len(batch.rejected) == inspection.rows_estimate
