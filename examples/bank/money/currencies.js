// Currencies of ISO 4217: code, number, digits of the minor unit, name.

const TABLE = [
  ["AED", "784", 2, "UAE dirham"],
  ["AUD", "036", 2, "Australian dollar"],
  ["BGN", "975", 2, "Bulgarian lev"],
  ["BHD", "048", 3, "Bahraini dinar"],
  ["BRL", "986", 2, "Brazilian real"],
  ["CAD", "124", 2, "Canadian dollar"],
  ["CHF", "756", 2, "Swiss franc"],
  ["CLP", "152", 0, "Chilean peso"],
  ["CNY", "156", 2, "Yuan renminbi"],
  ["CZK", "203", 2, "Czech koruna"],
  ["DKK", "208", 2, "Danish krone"],
  ["EUR", "978", 2, "Euro"],
  ["GBP", "826", 2, "Pound sterling"],
  ["HKD", "344", 2, "Hong Kong dollar"],
  ["HUF", "348", 2, "Forint"],
  ["ILS", "376", 2, "New Israeli sheqel"],
  ["INR", "356", 2, "Indian rupee"],
  ["ISK", "352", 0, "Iceland krona"],
  ["JOD", "400", 3, "Jordanian dinar"],
  ["JPY", "392", 0, "Yen"],
  ["KRW", "410", 0, "Won"],
  ["KWD", "414", 3, "Kuwaiti dinar"],
  ["MXN", "484", 2, "Mexican peso"],
  ["NOK", "578", 2, "Norwegian krone"],
  ["NZD", "554", 2, "New Zealand dollar"],
  ["OMR", "512", 3, "Rial Omani"],
  ["PLN", "985", 2, "Zloty"],
  ["RON", "946", 2, "Romanian leu"],
  ["SEK", "752", 2, "Swedish krona"],
  ["SGD", "702", 2, "Singapore dollar"],
  ["THB", "764", 2, "Baht"],
  ["TND", "788", 3, "Tunisian dinar"],
  ["TRY", "949", 2, "Turkish lira"],
  ["USD", "840", 2, "US dollar"],
  ["ZAR", "710", 2, "Rand"],
];

export const currencies = TABLE.map(([code, number, digits, name]) => ({ code, number, digits, name }));

const BY_CODE = Map.of(currencies.map((currency) => [currency.code, currency]));

// An Option of the currency with this code.
export const findCurrency = (code) => Map.get(BY_CODE, code);

// The digits behind the point: 2 for cents, 0 for yen. The code is known to be one of the table.
export const minorDigits = (code) => findCurrency(code).Some.digits;
