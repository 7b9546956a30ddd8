"""A Persian export as offices really have it, in each of the encodings it comes in.

Windows-1256 has neither the Persian ی nor Persian digits: Windows writes their nearest, ي or ى and 0-9. The
Unicode exports have them all, mixed with the Arabic letters of other keyboards.
"""

import pytest

from hamsafar.events.files import inspect, preview
from hamsafar.events.files.tests.reading import codes, read, write

EXPORT = """\
کد مشتري;نوع رویداد;تاریخ ثبت;ساعت;مبلغ (تومان);شهر;کد پیگیري;توضيحات;
۱۰۰۲۳;ثبت سفارش;۱۴۰۳/۰۵/۱۲;۱۴:۳۰;۱٬۲۵۰٬۰۰۰;تهران;00071;"کتاب ""حافظ""; جلد ۲";
١٠٠٢٣;پرداخت;۱۴۰۳/۵/۱۲;۱۴:۳۵:۱۰;۱٬۲۵۰٬۰۰۰;تهران;00072;;
 10024 ;ثبت   سفارش;1403/12/30;09:05;85,000;اصفهان;00073;مي‌خواهد زودتر برسد;
;ثبت سفارش;1403/05/13;10:00;85,000;یزد;00074;;
10025;پرداخت ناموفق;1403/12/31;10:00;0;قم;00075;;
10026;پرداخت;1403/05/14;;−;ري;00076;;
;;;;;;;;
10027;پرداخت;12 مرداد;10:00;5;ري;00077;;
"""

# What Windows puts for a letter that Windows-1256 lacks.
NEAREST = str.maketrans({"ی": "ى", "−": "-", "٬": ",", **{chr(0x6F0 + n): str(n) for n in range(10)},
                         **{chr(0x660 + n): str(n) for n in range(10)}})  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("cp1256", EXPORT.translate(NEAREST)), ("utf-8-sig", EXPORT), ("utf-8", EXPORT), ("utf-16", EXPORT)],
    ids=["windows-1256", "utf-8 with BOM", "utf-8", "utf-16"],
)
def test_an_office_export(tmp_path, encoding, text):
    path = write(tmp_path / "خروجی.csv", text.replace("\n", "\r\n"), encoding)
    inspection = inspect(path)
    assert inspection.delimiter == ";"
    assert inspection.encoding == {"cp1256": "windows-1256", "utf-16": "utf-16-le"}.get(encoding, "utf-8")
    assert inspection.questions == ()
    guess = inspection.guess
    assert (guess.person, guess.event, guess.time, guess.time_of_day) == (
        "کد مشتری",
        "نوع رویداد",
        "تاریخ ثبت",
        "ساعت",
    )
    assert (guess.time_format, guess.timezone) == ("jalali_ymd", "Asia/Tehran")
    assert guess.properties == ("مبلغ (تومان)", "شهر", "کد پیگیری", "توضیحات")

    rows, rejected = read(path)
    note = 'کتاب "حافظ"; جلد ۲' if encoding != "cp1256" else 'کتاب "حافظ"; جلد 2'
    assert [(row["person"], row["name"], row["at"], row["properties"]) for row in rows] == [
        ("10023", "ثبت سفارش", "2024-08-02T11:00:00Z",
         {"مبلغ (تومان)": 1250000, "شهر": "تهران", "کد پیگیری": "00071", "توضیحات": note}),
        ("10023", "پرداخت", "2024-08-02T11:05:10Z", {"مبلغ (تومان)": 1250000, "شهر": "تهران", "کد پیگیری": "00072"}),
        ("10024", "ثبت سفارش", "2025-03-20T05:35:00Z",
         {"مبلغ (تومان)": 85000, "شهر": "اصفهان", "کد پیگیری": "00073", "توضیحات": "می‌خواهد زودتر برسد"}),
        ("10026", "پرداخت", "2024-08-03T20:30:00Z", {"مبلغ (تومان)": "-" if encoding == "cp1256" else "−", "شهر": "ری",
                                                   "کد پیگیری": "00076"}),
    ]  # fmt: skip
    assert codes(rejected) == [
        (5, "missing_person", "کد مشتری"),
        (6, "bad_time", "تاریخ ثبت"),
        (9, "bad_time", "تاریخ ثبت"),
    ]
    assert rejected[0].sentence("fa") == "«کد مشتری» خالی است. شناسهٔ مشتری لازم است."
    assert rejected[1].value_excerpt == "1403/12/31"
    assert [row.line for row in preview(path, guess, 5)] == [2, 3, 4, 5, 6]
