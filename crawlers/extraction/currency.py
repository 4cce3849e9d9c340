"""Which currency a sign means on a page: signs, words, and what a language or a country makes of an ambiguous one. Data only."""

from __future__ import annotations

# Signs and words that mean one currency wherever they stand, longest first where one holds another.
SIGNS: dict[str, str] = {
    "R$": "BRL", "US$": "USD", "U$S": "USD", "U$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "C $": "CAD", "AU $": "AUD", "US $": "USD", "HK $": "HKD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD",
    "NT$": "TWD", "S$": "SGD", "SG$": "SGD", "MX$": "MXN", "AR$": "ARS", "RD$": "DOP", "J$": "JMD", "TT$": "TTD", "B/.": "PAB", "S/.": "PEN",
    "S/": "PEN", "Bs.": "BOB", "Gs.": "PYG", "₲": "PYG", "₡": "CRC", "€": "EUR", "£": "GBP", "₽": "RUB", "₴": "UAH", "₸": "KZT", "₺": "TRY",
    "₹": "INR", "৳": "BDT", "฿": "THB", "₫": "VND", "₱": "PHP", "₩": "KRW", "₦": "NGN", "₵": "GHS", "₪": "ILS", "₮": "MNT", "₭": "LAK",
    "៛": "KHR", "₼": "AZN", "₾": "GEL", "֏": "AMD", "₨": "INR", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "лв": "BGN", "лв.": "BGN", "руб": "RUB",
    "руб.": "RUB", "грн": "UAH", "грн.": "UAH", "тг": "KZT", "тенге": "KZT", "сум": "UZS", "soʻm": "UZS", "so'm": "UZS", "сом": "KGS",
    "Rp": "IDR", "Rp.": "IDR", "RM": "MYR", "KSh": "KES", "KSh.": "KES", "Ksh": "KES", "KSH": "KES", "TSh": "TZS", "TZS": "TZS", "USh": "UGX",
    "UGX": "UGX", "GH₵": "GHS", "GH¢": "GHS", "CFA": "XOF", "FCFA": "XAF", "F CFA": "XOF", "TL": "TRY", "円": "JPY", "元": "CNY", "人民币": "CNY", "원": "KRW", "บาท": "THB", "đ": "VND",
    "VNĐ": "VND", "vnđ": "VND", "د.إ": "AED", "درهم": "AED", "ر.س": "SAR", "ريال": "SAR", "﷼": "SAR", "د.ك": "KWD", "د.ج": "DZD", "دج": "DZD", "ج.م": "EGP",
    "جنيه": "EGP", "lei": "RON", "ден": "MKD", "KM": "BAM", "din": "RSD", "din.": "RSD", "RSD": "RSD", "CHF": "CHF", "Fr.": "CHF", "SFr.": "CHF",
    "Dhs": "AED", "DHS": "AED", "Dh": "MAD", "DH": "MAD", "SR": "SAR", "QR": "QAR", "KD": "KWD", "BD": "BHD", "MMK": "MMK", "Ks": "MMK", "ကျပ်": "MMK", "Birr": "ETB", "ETB": "ETB",
    "€ EUR": "EUR", "euro": "EUR", "euros": "EUR", "Euro": "EUR", "dollars": "USD", "pesos": "", "Lakh": "", "рублей": "RUB", "р.": "RUB", "₴ UAH": "UAH", "p.": "RUB",
    "R": "ZAR", "K": "", "NT": "TWD", "HKD": "HKD", "Tk": "BDT", "Tk.": "BDT", "टका": "BDT", "টাকা": "BDT", "रु": "INR", "रु.": "INR",
}  # fmt: skip

# Signs whose meaning depends on where the page stands.
AMBIGUOUS: dict[str, tuple[str, ...]] = {
    "$": ("USD", "CAD", "AUD", "NZD", "MXN", "ARS", "CLP", "COP", "SGD", "HKD", "TWD", "UYU", "DOP", "BRL", "JMD", "TTD", "NAD", "BBD"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "kr.": ("DKK", "NOK", "SEK", "ISK"),
    "Kr": ("SEK", "NOK", "DKK", "ISK"),
    "Kr.": ("DKK", "NOK", "SEK", "ISK"),
    "¥": ("JPY", "CNY"),
    "￥": ("JPY", "CNY"),
    "Rs": ("INR", "PKR", "LKR", "NPR", "MUR"),
    "Rs.": ("INR", "PKR", "LKR", "NPR", "MUR"),
    "₨": ("PKR", "INR", "LKR", "NPR"),
    "£": ("GBP", "EGP"),
    "R": ("ZAR",),
    "元": ("CNY", "TWD", "HKD"),
    "¥ ": ("JPY", "CNY"),
    "сом": ("KGS", "UZS"),
    "лв": ("BGN",),
    "ريال": ("SAR", "QAR", "OMR", "YER", "IRR"),
    "دينار": ("KWD", "IQD", "JOD", "BHD", "TND", "LYD", "DZD"),
    "درهم": ("AED", "MAD"),
    "جنيه": ("EGP", "SDG"),
    "DH": ("MAD", "AED"),
    "Dh": ("MAD", "AED"),
    "Fr.": ("CHF",),
    "CFA": ("XOF", "XAF"),
    "FCFA": ("XOF", "XAF"),
    "pesos": ("MXN", "ARS", "CLP", "COP", "UYU", "PHP", "DOP"),
    "lei": ("RON", "MDL"),
    "р.": ("RUB", "BYN"),
    "руб.": ("RUB", "BYN"),
    "руб": ("RUB", "BYN"),
    "NT": ("TWD",),
}

# ISO 3166 country to ISO 4217 currency, for the countries whose marketplaces are met.
COUNTRY_CURRENCY: dict[str, str] = {
    "US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "GB": "GBP", "UK": "GBP", "IE": "EUR", "MX": "MXN", "AR": "ARS", "CL": "CLP", "CO": "COP", "PE": "PEN",
    "UY": "UYU", "PY": "PYG", "BO": "BOB", "EC": "USD", "VE": "VES", "CR": "CRC", "PA": "USD", "DO": "DOP", "GT": "GTQ", "HN": "HNL", "NI": "NIO", "SV": "USD",
    "PR": "USD", "BR": "BRL", "PT": "EUR", "ES": "EUR", "FR": "EUR", "DE": "EUR", "AT": "EUR", "IT": "EUR", "NL": "EUR", "BE": "EUR", "FI": "EUR", "GR": "EUR",
    "LU": "EUR", "EE": "EUR", "LV": "EUR", "LT": "EUR", "SK": "EUR", "SI": "EUR", "HR": "EUR", "CY": "EUR", "MT": "EUR", "CH": "CHF", "LI": "CHF", "NO": "NOK",
    "SE": "SEK", "DK": "DKK", "IS": "ISK", "PL": "PLN", "CZ": "CZK", "HU": "HUF", "RO": "RON", "MD": "MDL", "BG": "BGN", "RS": "RSD", "BA": "BAM", "MK": "MKD",
    "AL": "ALL", "TR": "TRY", "RU": "RUB", "BY": "BYN", "UA": "UAH", "KZ": "KZT", "UZ": "UZS", "KG": "KGS", "GE": "GEL", "AM": "AMD", "AZ": "AZN", "IL": "ILS",
    "AE": "AED", "SA": "SAR", "QA": "QAR", "KW": "KWD", "BH": "BHD", "OM": "OMR", "JO": "JOD", "LB": "LBP", "IQ": "IQD", "IR": "IRR", "EG": "EGP", "MA": "MAD",
    "DZ": "DZD", "TN": "TND", "LY": "LYD", "NG": "NGN", "GH": "GHS", "KE": "KES", "TZ": "TZS", "UG": "UGX", "RW": "RWF", "ET": "ETB", "ZA": "ZAR", "NA": "NAD",
    "BW": "BWP", "ZM": "ZMW", "ZW": "USD", "MZ": "MZN", "AO": "AOA", "CM": "XAF", "GA": "XAF", "CG": "XAF", "CD": "CDF", "SN": "XOF", "CI": "XOF", "ML": "XOF",
    "BF": "XOF", "BJ": "XOF", "TG": "XOF", "IN": "INR", "PK": "PKR", "BD": "BDT", "LK": "LKR", "NP": "NPR", "CN": "CNY", "HK": "HKD", "TW": "TWD", "MO": "MOP",
    "JP": "JPY", "KR": "KRW", "TH": "THB", "VN": "VND", "ID": "IDR", "MY": "MYR", "SG": "SGD", "PH": "PHP", "MM": "MMK", "KH": "KHR", "LA": "LAK", "BN": "BND",
    "MN": "MNT", "MU": "MUR", "MG": "MGA", "FJ": "FJD", "PG": "PGK", "JM": "JMD", "TT": "TTD",
}  # fmt: skip

# The currency a page in this language most likely means when neither region nor country is stated.
LANGUAGE_CURRENCY: dict[str, str] = {
    "ja": "JPY", "zh": "CNY", "ko": "KRW", "th": "THB", "vi": "VND", "id": "IDR", "ms": "MYR", "hi": "INR", "bn": "BDT", "ur": "PKR", "ne": "NPR", "si": "LKR",
    "nb": "NOK", "no": "NOK", "nn": "NOK", "sv": "SEK", "da": "DKK", "is": "ISK", "pl": "PLN", "cs": "CZK", "hu": "HUF", "ro": "RON", "bg": "BGN", "ru": "RUB",
    "uk": "UAH", "kk": "KZT", "tr": "TRY", "he": "ILS", "fa": "IRR", "sw": "KES", "am": "ETB", "my": "MMK", "km": "KHR", "fil": "PHP", "tl": "PHP",
    "de": "EUR", "fr": "EUR", "it": "EUR", "nl": "EUR", "fi": "EUR", "el": "EUR", "et": "EUR", "lv": "EUR", "lt": "EUR", "sk": "EUR", "sl": "EUR", "pt": "BRL", "af": "ZAR",
}  # fmt: skip

ISO_CODES = frozenset(COUNTRY_CURRENCY.values()) | frozenset(
    ["BTC", "ETH", "USDT", "XOF", "XAF", "XPF", "CUP", "HTG", "BZD", "BBD", "BSD", "GYD", "SRD", "SYP", "YER", "AFN", "BYR", "TMT", "TJS", "SDG", "SOS", "DJF", "ERN", "GMD", "GNF", "LRD", "SLL", "SLE", "CVE", "MRU", "MWK", "LSL", "SZL", "SCR", "MVR", "BTN", "WST", "TOP", "VUV", "SBD", "CNH"]
)

FREE_WORDS = frozenset(
    ["free", "gratis", "kostenlos", "zu", "verschenken", "gratuit", "don", "grátis", "doação", "бесплатно", "даром", "отдам", "даром", "безкоштовно", "за", "darmo", "zdarma", "ingyen", "ilmainen", "gratuito", "無料", "0円", "免费", "免費", "무료나눔", "무료", "ฟรี", "miễn", "phí", "percuma", "مجاني", "bedava", "ücretsiz"]
)
