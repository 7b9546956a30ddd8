"""XES event logs."""

import gzip

import pytest

from hamsafar.events.files import errors, inspect
from hamsafar.events.files.tests.reading import codes, read, write

LOG = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <global scope="trace"><string key="concept:name" value="UNKNOWN"/></global>
  <classifier name="Activity" keys="concept:name"/>
  <string key="concept:name" value="the log itself"/>
  <trace>
    <string key="concept:name" value="مشتری ۱"/>
    <string key="city" value="شیراز"/>
    <event>
      <string key="concept:name" value="ثبت سفارش"/>
      <date key="time:timestamp" value="2024-08-02T10:00:00.500+03:30"/>
      <int key="amount" value="1250000"/>
      <boolean key="paid" value="true"/>
      <list key="items"><string key="item" value="book"/></list>
      <string key="org:resource" value="a &amp; b"><string key="nested" value="no"/></string>
    </event>
    <event>
      <date key="time:timestamp" value="2024-08-02T11:00:00Z"/>
      <float key="amount" value="2.5"/>
    </event>
  </trace>
  <trace>
    <string key="concept:name" value="2"/>
    <event><string key="concept:name" value="x"/><date key="time:timestamp" value="yesterday"/></event>
    <event><string key="concept:name" value="x"/><date key="time:timestamp" value="2024-08-02T12:00:00Z"/></event>
  </trace>
</log>
"""


@pytest.mark.parametrize("packed", [False, True])
def test_a_log(tmp_path, packed):
    content = LOG.encode()
    path = write(tmp_path / "f.xes", gzip.compress(content) if packed else content)
    inspection = inspect(path)
    assert inspection.format == "xes"
    guess = inspection.guess
    assert (guess.person, guess.event, guess.time) == ("case:concept:name", "concept:name", "time:timestamp")
    assert inspection.questions == ()
    for size in (1, 2, 50_000):
        rows, rejected = read(path, batch_rows=size)
        assert [(row["person"], row["name"], row["at"], row["row"]) for row in rows] == [
            ("مشتری 1", "ثبت سفارش", "2024-08-02T06:30:00.500000Z", 0), ("2", "x", "2024-08-02T12:00:00Z", 3),
        ]  # fmt: skip
        assert rows[0]["properties"] == {
            "case:city": "شیراز", "amount": 1250000, "paid": True, "org:resource": "a & b",
        }  # fmt: skip
        assert codes(rejected) == [(18, "missing_event", "concept:name"), (25, "bad_time", "time:timestamp")]
    assert [row["row"] for row in read(path, start_row=1)[0]] == [3]


def test_entities_and_document_types_are_refused(tmp_path):
    bomb = LOG.replace("<log", '<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>\n<log', 1)
    outside = LOG.replace("<log", '<!DOCTYPE log [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<log', 1)
    for text in (bomb, outside):
        with pytest.raises(errors.FileBroken, match="DOCTYPE"):
            inspect(write(tmp_path / "f.xes", text))


def test_broken_logs_name_the_line(tmp_path):
    with pytest.raises(errors.FileBrokenAtLine, match="line 21"):
        inspect(write(tmp_path / "f.xes", LOG.replace('<float key="amount" value="2.5"/>', "<float")))
    with pytest.raises(errors.FileBrokenAtLine, match="XES"):
        inspect(write(tmp_path / "f.xes", LOG.rsplit("</trace>", 1)[0]))
    with pytest.raises(errors.NoRows):
        inspect(write(tmp_path / "f.xes", "<?xml version='1.0'?><log></log>"))
    with pytest.raises(errors.LineTooLong):
        inspect(write(tmp_path / "f.xes", LOG.replace("book", "b" * 5_000_000)))
