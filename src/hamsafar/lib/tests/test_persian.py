from hamsafar.lib.persian import ZWNJ, ascii_digits, localise_digits, normalise, search_key, sort_key


def test_two_keyboards_one_word() -> None:
    assert normalise("  علي كريمي ") == "علی کریمی"


def test_search_treats_digits_half_space_and_hamza_alike() -> None:
    assert search_key(f"می{ZWNJ}خواهم ۱۲") == search_key("مي خواهم 12") == search_key("میخواهم١٢")
    assert search_key("مسئول") == search_key("مسیول")
    assert search_key("نقشهٔ سفر") == search_key("نقشه سفر")


def test_half_spaces_and_digits_stay_as_written() -> None:
    assert normalise(f"خانه{ZWNJ}ها ۳") == f"خانه{ZWNJ}ها ۳"


def test_digits_both_ways() -> None:
    assert ascii_digits("۱۲٣") == "123"
    assert localise_digits("1405/09/01", "fa") == "۱۴۰۵/۰۹/۰۱"
    assert localise_digits("1405", "en") == "1405"


def test_the_alphabet_orders_persian() -> None:
    words = ["یاس", "گل", "پدر", "آب", "بابا", "کتاب", "ژاله", "سیب"]
    assert sorted(words, key=sort_key) == ["آب", "بابا", "پدر", "ژاله", "سیب", "کتاب", "گل", "یاس"]
