from hamsafar.events.files import Mapping, inspect, read_batches


def test_a_csv_is_recognised_and_read(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(
        "customer_id,event,time,amount\n17,visit,2024-08-02 10:00:00,5\n,buy,2024-08-02 11:00:00,7\n"
    )
    inspection = inspect(path)
    assert (inspection.format, inspection.encoding, inspection.delimiter) == ("csv", "utf-8", ",")
    assert inspection.guess.person == "customer_id"
    [batch] = read_batches(path, inspection.guess)
    assert batch.table.to_pylist() == [
        {"person": "17", "name": "visit", "at_us": 1722592800000000, "channel": None,
         "properties": '{"amount":5}', "row": 0}
    ]  # fmt: skip
    assert [(row.line, row.code, row.column) for row in batch.rejected] == [
        (3, "missing_person", "customer_id")
    ]
    assert Mapping.from_dict(inspection.guess.to_dict()) == inspection.guess
