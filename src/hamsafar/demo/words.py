"""What the shop's codes are called, in Persian and in English.

The two sample workspaces hold the same events; only these words differ. Customers' comments stay as their
authors wrote them. All names of firms are invented.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["fa", "en"]


class Word(NamedTuple):
    """One thing's name in both languages."""

    fa: str
    en: str

    def say(self, language: Language) -> str:
        return self.fa if language == "fa" else self.en


CHANNELS: dict[str, Word] = {
    "instagram": Word("اینستاگرام", "Instagram"),
    "search": Word("جست‌وجو", "Search"),
    "website": Word("وب‌سایت", "Website"),
    "app": Word("اپلیکیشن", "App"),
    "phone": Word("تلفن", "Phone"),
    "sms": Word("پیامک", "SMS"),
    "email": Word("ایمیل", "E-mail"),
    "store": Word("فروشگاه", "Store"),
    "courier": Word("پیک", "Courier"),
}

# (name, share of the customers)
PROVINCES: tuple[tuple[Word, int], ...] = (
    (Word("تهران", "Tehran"), 260),
    (Word("اصفهان", "Isfahan"), 85),
    (Word("خراسان رضوی", "Razavi Khorasan"), 78),
    (Word("فارس", "Fars"), 66),
    (Word("خوزستان", "Khuzestan"), 52),
    (Word("آذربایجان شرقی", "East Azerbaijan"), 42),
    (Word("البرز", "Alborz"), 52),
    (Word("مازندران", "Mazandaran"), 44),
    (Word("گیلان", "Gilan"), 38),
    (Word("کرمان", "Kerman"), 30),
    (Word("هرمزگان", "Hormozgan"), 26),
    (Word("بوشهر", "Bushehr"), 20),
    (Word("آذربایجان غربی", "West Azerbaijan"), 26),
    (Word("کرمانشاه", "Kermanshah"), 22),
    (Word("همدان", "Hamadan"), 19),
    (Word("یزد", "Yazd"), 24),
    (Word("قم", "Qom"), 22),
    (Word("قزوین", "Qazvin"), 16),
    (Word("مرکزی", "Markazi"), 16),
    (Word("گلستان", "Golestan"), 15),
    (Word("لرستان", "Lorestan"), 14),
    (Word("کردستان", "Kurdistan"), 16),
    (Word("زنجان", "Zanjan"), 11),
    (Word("اردبیل", "Ardabil"), 11),
    (Word("سیستان و بلوچستان", "Sistan and Baluchestan"), 15),
    (Word("چهارمحال و بختیاری", "Chaharmahal and Bakhtiari"), 8),
    (Word("سمنان", "Semnan"), 9),
    (Word("خراسان شمالی", "North Khorasan"), 6),
    (Word("خراسان جنوبی", "South Khorasan"), 6),
    (Word("کهگیلویه و بویراحمد", "Kohgiluyeh and Boyer-Ahmad"), 5),
    (Word("ایلام", "Ilam"), 5),
)
TEHRAN, ISFAHAN = 0, 1
LATE_PROVINCES = (4, 10, 11)  # Khuzestan, Hormozgan, Bushehr

AGE_GROUPS = tuple(Word(group, group) for group in ("18-24", "25-34", "35-44", "45-54", "55+"))
GENDERS = (Word("زن", "woman"), Word("مرد", "man"))
DEVICES = (Word("اندروید", "Android"), Word("آیفون", "iPhone"), Word("رایانه", "computer"))
DESKTOP = 2
LOYALTY = (
    Word("بدون عضویت", "none"),
    Word("برنزی", "bronze"),
    Word("نقره‌ای", "silver"),
    Word("طلایی", "gold"),
)
GOLD = 3

SOURCES = (
    Word("اینستاگرام", "Instagram"),
    Word("جست‌وجو", "search"),
    Word("مستقیم", "direct"),
    Word("پیامک", "SMS"),
    Word("ایمیل", "e-mail"),
    Word("دوستان", "friend"),
    Word("فروشگاه", "store"),
    Word("تبلیغ اینستاگرام", "Instagram ad"),
)
INSTAGRAM, SEARCH, DIRECT, SMS, EMAIL, FRIEND, STORE, AD = range(8)

CAMPAIGNS = (
    Word("ویترین پاییزی", "Autumn window"),
    Word("شب یلدا", "Yalda night"),
    Word("عیدی کتاب", "A book for Nowruz"),
    Word("پیشنهاد هفته", "Offer of the week"),
)
AUTUMN_WINDOW, YALDA, NOWRUZ, WEEKLY = range(4)

GATEWAYS = (Word("مهرپی", "MehrPay"), Word("سپیدپرداخت", "Sepid"))
MEHRPAY, SEPID = 0, 1

COURIERS = (Word("سپهرپیک", "SepehrPeyk"), Word("تندرسان", "TondRasan"), Word("ره‌آورد", "RahAvard"))
TONDRASAN = 1

CATEGORIES = (
    Word("کتاب", "book"),
    Word("صنایع‌دستی", "handicraft"),
    Word("بستهٔ هدیه", "gift box"),
)
BOOK, HANDICRAFT, GIFT_BOX = range(3)

# (name, category, price in thousand Toman, share of the looks)
PRODUCTS: tuple[tuple[Word, int, int, int], ...] = (
    (Word("رمان ایرانی معاصر", "Contemporary Iranian novel"), BOOK, 285, 90),
    (Word("رمان ترجمه", "Translated novel"), BOOK, 340, 95),
    (Word("مجموعه‌داستان کوتاه", "Short stories"), BOOK, 210, 50),
    (Word("گزیدهٔ غزلیات حافظ", "Selected ghazals of Hafez"), BOOK, 420, 70),
    (Word("شاهنامه به نثر برای نوجوانان", "Shahnameh retold for teenagers"), BOOK, 395, 45),
    (Word("کتاب کودک مصور", "Picture book"), BOOK, 175, 80),
    (Word("کتاب آشپزی ایرانی", "Persian cookbook"), BOOK, 480, 40),
    (Word("روان‌شناسی و رشد فردی", "Psychology and self-help"), BOOK, 260, 75),
    (Word("تاریخ ایران برای همه", "Iran's history for everyone"), BOOK, 520, 35),
    (Word("کتاب صوتی روی فلش", "Audiobook on a flash drive"), BOOK, 190, 20),
    (Word("دفتر کاغذ دست‌ساز", "Handmade-paper notebook"), HANDICRAFT, 320, 55),
    (Word("کاسهٔ سفالی لعابی", "Glazed pottery bowl"), HANDICRAFT, 560, 60),
    (Word("گلدان میناکاری", "Enamelled vase"), HANDICRAFT, 1850, 40),
    (Word("رومیزی ترمه", "Termeh tablecloth"), HANDICRAFT, 2400, 35),
    (Word("رومیزی قلمکار", "Block-printed tablecloth"), HANDICRAFT, 980, 40),
    (Word("گلیم دست‌باف کوچک", "Small hand-woven kilim"), HANDICRAFT, 4200, 22),
    (Word("جعبهٔ خاتم‌کاری", "Inlaid wooden box"), HANDICRAFT, 1650, 30),
    (Word("گردنبند نقره با فیروزه", "Silver necklace with turquoise"), HANDICRAFT, 2900, 34),
    (Word("کیف چرمی دست‌دوز", "Hand-sewn leather bag"), HANDICRAFT, 3100, 32),
    (Word("شمع و جاشمعی سفالی", "Candle in a pottery holder"), HANDICRAFT, 390, 45),
    (Word("بستهٔ شب یلدا: کتاب و کاسهٔ انار", "Yalda box: book and pomegranate bowl"), GIFT_BOX, 1250, 26),
    (Word("بستهٔ هفت‌سین سفالی", "Pottery haft-sin set"), GIFT_BOX, 1980, 26),
    (Word("بستهٔ کتاب و چای", "Book-and-tea box"), GIFT_BOX, 720, 44),
    (Word("بستهٔ هدیهٔ معلم", "Teacher's gift box"), GIFT_BOX, 850, 24),
)

CALL_TOPICS = (
    Word("مشاورهٔ خرید", "advice"),
    Word("پیگیری ارسال", "delivery"),
    Word("مشکل پرداخت", "payment"),
    Word("ایراد کالا", "product fault"),
)
ADVICE, DELIVERY, PAYMENT, FAULT = range(4)

COMPLAINT_TOPICS = (
    Word("دیرکرد در تحویل", "late delivery"),
    Word("کسر وجه بدون ثبت سفارش", "charged without an order"),
    Word("آسیب‌دیدگی کالا", "damaged goods"),
    Word("ارسال کالای اشتباه", "wrong item"),
)
LATE, CHARGED, DAMAGED, WRONG = range(4)

ANSWERS = (
    Word("عذرخواهی", "apology"),
    Word("بازگشت وجه", "refund"),
    Word("ارسال جایگزین", "replacement"),
    Word("کد تخفیف", "voucher"),
)
APOLOGY, REFUND, REPLACEMENT, VOUCHER = range(4)
