"""A second opinion on the figures of examples/bank, computed again from each request.

    python3 tests/Oracles/bank-figures.py

Reads the requests and the responses next to them. Its methods differ from those of the program: fractions instead of
decimals, interest day by day instead of by periods, dates by `datetime`, Easter by Knuth's method, check digits by one
large remainder. Prints all differences. The exit status is 1 if there are any.
"""

import csv
import datetime
import io
import json
import pathlib
import sys
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, getcontext
from fractions import Fraction

getcontext().prec = 60
REQUESTS = pathlib.Path(__file__).resolve().parents[2] / "examples/bank/requests"
DIGITS = {"JPY": 0, "KWD": 3}  # all others have 2

checked = 0
failures = []


def same(what, found, expected):
    global checked
    checked += 1
    if found != expected:
        failures.append(f"{what}: found {found!r}, expected {expected!r}")


def case(name):
    """The bodies of the request and of the response."""
    event = json.loads((REQUESTS / f"{name}.json").read_text())
    response = json.loads((REQUESTS / f"{name}.expected.json").read_text())
    return json.loads(event.get("body", "null")), response["body"]


def rounded(number, currency, rounding):
    """A Fraction or Decimal as the text of an amount."""
    places = DIGITS.get(currency, 2)
    scaled = Fraction(number) * 10**places
    whole, rest = divmod(abs(scaled.numerator), scaled.denominator)
    twice = 2 * rest - scaled.denominator
    up = {"down": False, "halfUp": twice >= 0, "halfEven": twice > 0 or (twice == 0 and whole % 2 == 1)}[rounding]
    units = (whole + up) * (-1 if scaled < 0 else 1)
    return f"{Decimal(units).scaleb(-places):.{places}f}"


def day(text):
    return datetime.date.fromisoformat(text)


# Calendar


def easter(year):
    """Knuth, The Art of Computer Programming, volume 1, 1.3.2, exercise 14."""
    golden = year % 19 + 1
    century = year // 100 + 1
    x = 3 * century // 4 - 12
    z = (8 * century + 5) // 25 - 5
    sunday = 5 * year // 4 - x - 10
    epact = (11 * golden + 20 + z - x) % 30
    if (epact == 25 and golden > 11) or epact == 24:
        epact += 1
    full = 44 - epact
    if full < 21:
        full += 30
    full += 7 - (sunday + full) % 7
    return datetime.date(year, 3, 1) + datetime.timedelta(days=full - 1)


def target_holidays(year):
    fixed = [datetime.date(year, m, d) for m, d in ((1, 1), (5, 1), (12, 25), (12, 26))]
    return sorted(fixed + [easter(year) + datetime.timedelta(days=n) for n in (-2, 1)])


def is_business_day(date):
    return date.weekday() < 5 and date not in target_holidays(date.year)


def next_business_day(date, step=1):
    while not is_business_day(date):
        date += datetime.timedelta(days=step)
    return date


def business_days_later(date, count):
    date = next_business_day(date)
    for _ in range(count):
        date = next_business_day(date + datetime.timedelta(days=1))
    return date


def months_later(date, months):
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    for length in (31, 30, 29, 28):
        try:
            return datetime.date(year, month + 1, min(date.day, length))
        except ValueError:
            pass


def check_holidays():
    _, body = case("holidays")
    dates = target_holidays(2024)
    same("holidays", [each["date"] for each in body["holidays"]], [str(date) for date in dates])
    same("weekdays", [each["weekday"] for each in body["holidays"]], [f"{date:%A}" for date in dates])


# Interest


def day_fraction(convention, date):
    """The fraction of a year from `date` to the next day, for conventions in which days add up."""
    following = date + datetime.timedelta(days=1)
    if convention == "ACT/ACT":
        return Fraction(1, (datetime.date(date.year + 1, 1, 1) - datetime.date(date.year, 1, 1)).days)
    if convention == "30E/360":
        serial = lambda d: d.year * 360 + d.month * 30 + min(d.day, 30)
        return Fraction(serial(following) - serial(date), 360)
    return Fraction(1, int(convention.split("/")[1]))


def year_fraction(convention, start, end):
    if convention == "30/360":
        first = min(start.day, 30)
        second = 30 if end.day == 31 and first == 30 else end.day
        return Fraction((end.year - start.year) * 360 + (end.month - start.month) * 30 + second - first, 360)
    days = (start + datetime.timedelta(days=n) for n in range((end - start).days))
    return sum((day_fraction(convention, date) for date in days), Fraction(0))


def german_taxes(taxable, church):
    tax = Fraction(taxable) / (4 + church)
    return [tax, tax * Fraction(55, 1000)] + ([tax * church] if church else [])


FLAT_TAXES = {"AT": 25, "CH": 35}


def withheld(gross, taxpayer, exempt_left, currency):
    """The exempt part, and each tax as an amount."""
    exempt = min(gross, exempt_left)
    taxable = Fraction(gross - exempt)
    if taxpayer["country"] == "DE":
        taxes = german_taxes(taxable, Fraction(taxpayer.get("churchRate", "0")) / 100)
    else:
        taxes = [taxable * FLAT_TAXES[taxpayer["country"]] / 100]
    return exempt, [Decimal(rounded(tax, currency, "down")) for tax in taxes]


def check_interest(name):
    request, body = case(name)
    start, end, currency = day(request["from"]), day(request["to"]), request["currency"]
    months = {"monthly": 1, "quarterly": 3}[request["capitalisation"]]
    is_due = lambda date: date == end or (date.day == 1 and (date.month - 1) % months == 0 and date > start)
    balance, accrued = Decimal(request["openingBalance"]), Fraction(0)
    exempt_left = Decimal(request["taxpayer"].get("exemptLeft", "0"))
    rows, date = iter(body["capitalised"]), start
    while date < end:
        balance += sum(Decimal(each["amount"]) for each in request.get("movements", []) if day(each["date"]) == date)
        percent = [each["percent"] for each in request["rates"] if day(each["from"]) <= date][-1]
        accrued += Fraction(balance) * Fraction(percent) / 100 * day_fraction(request["dayCount"], date)
        date += datetime.timedelta(days=1)
        if not is_due(date):
            continue
        gross = Decimal(rounded(accrued, currency, "halfEven"))
        exempt, taxes = withheld(max(gross, Decimal(0)), request["taxpayer"], exempt_left, currency)
        exempt_left, balance, accrued = exempt_left - exempt, balance + gross - sum(taxes), Fraction(0)
        row = next(rows)
        same(f"{name} {date}", (row["date"], row["interest"], row["balance"]), (str(date), f"{gross:.2f}", f"{balance:.2f}"))
        found = [Decimal(tax["amount"]) for tax in row["withholding"]["taxes"]]
        same(f"{name} {date} taxes", found, taxes)
    same(f"{name} end", (list(rows), body["closingBalance"]), ([], f"{balance:.2f}"))


def check_withholding():
    request, body = case("withholding")
    interest = Decimal(request["interest"])
    exempt, taxes = withheld(interest, request["taxpayer"], Decimal(request["taxpayer"]["exemptLeft"]), "EUR")
    same("withholding exempt", body["exempt"], f"{exempt:.2f}")
    same("withholding taxes", [each["amount"] for each in body["taxes"]], [f"{tax:.2f}" for tax in taxes])
    same("withholding net", body["net"], f"{interest - sum(taxes):.2f}")


# Loans


def check_loan(name, business_day):
    request, body = case(name)
    currency, months = request["currency"], request["months"]
    grace = request.get("graceMonths", 0)
    owed = principal = Fraction(request["principal"])
    yearly = Fraction(request["percent"]) / 100
    extras = {each["number"]: Fraction(each["amount"]) for each in request.get("extraRepayments", [])}
    monthly = yearly / 12
    annuity = principal * monthly / (1 - (1 + monthly) ** -months)
    amount = lambda number: Fraction(rounded(number, currency, "halfUp"))
    previous, payments = day(request["disbursedOn"]), []
    for row in body["instalments"]:
        number = row["number"]
        due = months_later(day(request["firstDue"]), number - 1)
        interest = amount(owed * yearly * year_fraction(request.get("dayCount", "30/360"), previous, due))
        planned = {"annuity": amount(annuity) - interest, "bullet": 0, "linear": amount(principal / (months - grace))}
        repaid = owed if number == months else min(planned[request["method"]] if number > grace else 0, owed)
        extra = min(extras.get(number, Fraction(0)), owed - repaid)
        owed -= repaid + extra
        payments.append(interest + repaid + extra)
        same(f"{name} {number} dates", (row["due"], row["paidOn"]), (str(due), str(business_day(due))))
        found = [Fraction(row[key]) for key in ("interest", "repaid", "payment", "owed")]
        same(f"{name} {number}", found, [interest, repaid, payments[-1], owed])
        previous = due
    same(f"{name} is repaid", owed, 0)
    same(f"{name} interest", Fraction(body["totalInterest"]), sum(payments) - principal)
    same(f"{name} years", sum(Fraction(each["repaid"]) for each in body["byYear"]), principal)
    rate = effective_percent(payments, principal - Fraction(request.get("upfrontFee", "0")))
    same(f"{name} effective rate", Decimal(body["effectivePercent"]), rate)


def effective_percent(payments, received):
    """Newton's method on the present value of monthly payments."""
    flows = [Decimal(p.numerator) / Decimal(p.denominator) for p in payments]
    target = Decimal(received.numerator) / Decimal(received.denominator)
    rate = Decimal("0.01")
    for _ in range(50):
        value = sum(flow / (1 + rate) ** n for n, flow in enumerate(flows, 1)) - target
        slope = -sum(n * flow / (1 + rate) ** (n + 1) for n, flow in enumerate(flows, 1))
        rate -= value / slope
    return (((1 + rate) ** 12 - 1) * 100).quantize(Decimal("0.01"), ROUND_HALF_EVEN)


def modified_following(date):
    moved = next_business_day(date)
    return moved if moved.month == date.month else next_business_day(date, -1)


# Ledger and reports


def check_postings():
    request, body = case("postings")
    status = [each["status"] for each in body["results"]]
    expected = "booked alreadyBooked refused booked refused refused booked booked refused".split()
    same("postings status", status, expected)
    balances = {(row["account"], row["currency"]): Decimal(row["balance"]) for row in request["balances"]}
    for entry, result in zip(request["entries"], body["results"]):
        if result["status"] == "booked":
            for line in entry["lines"]:
                key, sign = (line["account"], line["currency"]), 1 if line["side"] == "debit" else -1
                balances[key] = balances.get(key, 0) + sign * Decimal(line["amount"])
    shown = {
        (row["account"], row["currency"]): Decimal(row["amount"]) * (1 if row["side"] == "debit" else -1)
        for row in body["balances"]
    }
    same("postings balances", shown, {key: value for key, value in balances.items() if value})
    for currency in {currency for _, currency in shown}:
        same(f"postings in {currency}", sum(value for (_, c), value in shown.items() if c == currency), 0)


def report_rows(request):
    """The balance of each account in the currency of the report."""
    rows = {}
    for row in request["balances"]:
        key = (row["account"], row["currency"])
        rows[key] = rows.get(key, Fraction(0)) + Fraction(row["balance"])
    for (account, currency), value in rows.items():
        rate = Fraction(1) if currency == request["currency"] else Fraction(request["quotes"][currency])
        yield account, currency, value, Fraction(rounded(value / rate, request["currency"], "halfEven"))


def check_reports():
    request, body = case("trial-balance")
    rows = list(report_rows(request))
    found = {(each["account"], each["currency"]): Fraction(each["converted"]) for each in body["accounts"]}
    same("trial balance", found, {(account, currency): amount for account, currency, _, amount in rows})
    for total in body["totals"]:
        values = [value for _, currency, value, _ in rows if currency == total["currency"]]
        debit, credit = sum(v for v in values if v > 0), -sum(v for v in values if v < 0)
        same("trial balance total", (Fraction(total["debit"]), Fraction(total["credit"])), (debit, credit))
        same("trial balance is balanced", total["isBalanced"], debit == credit)
    same("rounding difference", Fraction(body["roundingDifference"]), sum(amount for *_, amount in rows))
    for heading in body["headings"]:
        prefix = heading["account"].rstrip("0")
        amount = sum(amount for account, *_, amount in rows if account.startswith(prefix))
        same(f"heading {prefix}", Fraction(heading["balance"]), amount)

    _, statements = case("financial-statements")
    by_type = lambda digit: sum((amount for account, *_, amount in rows if account[0] == digit), Fraction(0))
    assets, liabilities, equity, income, expenses = by_type("1"), -by_type("2"), -by_type("3"), -by_type("4"), by_type("5")
    sheet, earnings = statements["balanceSheet"], statements["incomeStatement"]
    same("assets", Fraction(sheet["assets"]["total"]), assets)
    same("liabilities", Fraction(sheet["liabilities"]["total"]), liabilities)
    same("equity", Fraction(sheet["equity"]["total"]), equity)
    same("result", Fraction(sheet["result"]), income - expenses)
    same("income", Fraction(earnings["income"]["total"]), income)
    same("expenses", Fraction(earnings["expenses"]["total"]), expenses)
    same("balance sheet is closed", sheet["isClosed"], assets == liabilities + equity + income - expenses)
    ratios = {
        "costIncomePercent": expenses / income,
        "equityPercent": (equity + income - expenses) / assets,
        "loansToDepositsPercent": -sum(a for account, *_, a in rows if account.startswith("13"))
        / sum(a for account, *_, a in rows if account.startswith("21")),
    }
    for name, ratio in ratios.items():
        same(name, Fraction(statements["ratios"][name]), Fraction(rounded(ratio * 100, "EUR", "halfEven")))


def check_aged():
    request, body = case("aged-balances")
    limits = [(0, "0.5"), (30, "2"), (60, "10"), (90, "25"), (180, "50"), (10**9, "100")]
    open_amounts = [Decimal(0)] * len(limits)
    for item in request["items"]:
        late = (day(request["asOf"]) - day(item["due"])).days
        open_amounts[[late <= limit for limit, _ in limits].index(True)] += Decimal(item["open"])
    same("aged buckets", [Decimal(each["open"]) for each in body["buckets"]], open_amounts)
    cent = Decimal("0.01")
    written_down = [(a * Decimal(p) / 100).quantize(cent, ROUND_HALF_UP) for a, (_, p) in zip(open_amounts, limits)]
    same("allowances", [Decimal(each["allowance"]) for each in body["buckets"]], written_down)
    same("allowance", Decimal(body["allowance"]), sum(written_down))
    same("customers", sum(Decimal(each["total"]) for each in body["customers"]), Decimal(body["open"]))


def check_reconciliation():
    request, body = case("reconciliation")
    total = lambda lines: sum(Decimal(line["amount"]) for line in lines)
    same("reconciliation", Decimal(body["difference"]), total(request["ours"]) - total(request["theirs"]))
    same("open items explain it", Decimal(body["explainedBy"]), total(body["openOurs"]) - total(body["openTheirs"]))
    same("and all of it", body["explainedBy"], body["difference"])
    amounts = {line["id"]: line["amount"] for line in request["ours"] + request["theirs"]}
    for match in body["matches"]:
        same(f"match {match}", amounts[match["ours"]], amounts[match["theirs"]])


# Money, fees, payments


def check_conversion():
    request, body = case("conversion")
    quotes = {**request["rates"]["quotes"], request["rates"]["base"]: "1"}
    places = Decimal("0.00000001")
    for target, row in zip(request["into"], body["converted"]):
        middle = (Decimal(quotes[target]) / Decimal(quotes["USD"])).quantize(places, ROUND_HALF_EVEN)
        customer = (middle * (10000 - request["marginBasisPoints"]) / 10000).quantize(places, ROUND_HALF_EVEN)
        amount = Decimal(request["amount"])
        at_middle, received = (rounded(amount * rate, target, "halfEven") for rate in (middle, customer))
        same(f"conversion {target} rates", (Decimal(row["middleRate"]), Decimal(row["customerRate"])), (middle, customer))
        same(f"conversion {target}", row["amount"], received)
        same(f"conversion {target} margin", Decimal(row["margin"]), Decimal(at_middle) - Decimal(received))


def check_allocation():
    request, body = case("allocation")
    weights = [share["weight"] for share in request["shares"]]
    parts = [Decimal(part["amount"]) for part in body["parts"]]
    amount = Decimal(request["amount"])
    same("allocation adds up", sum(parts), amount)
    near = all(abs(part - amount * weight / sum(weights)) < Decimal("0.01") for part, weight in zip(parts, weights))
    same("allocation is in proportion", near, True)


def check_fees():
    _, basic = case("fees-basic")
    share = Decimal(rounded(Fraction("412.85") * 175 / 10000, "EUR", "halfUp"))
    cards = max(share, 9 * Decimal("1.00"))
    expected = Decimal("4.90") + 3 * Decimal("2.50") + 7 * Decimal("0.25") + cards
    same("fees basic", Decimal(basic["total"]), expected)
    _, business = case("fees-business")
    transfers = 50 * 0 + (500 - 50) * Decimal("0.12") + (731 - 500) * Decimal("0.08")
    cash = 5 * Decimal("2.00") + 3 * Decimal("1.50")
    cards = max(Decimal(rounded(Fraction("1123.45") * 150 / 10000, "EUR", "halfUp")), 40 * Decimal("0.50"))
    same("fees business", Decimal(business["total"]), Decimal("19.90") + transfers + cash + cards)
    _, waived = case("fees-waived")
    same("fees waived", (waived["total"], "entry" in waived), ("0.00", False))


def check_payments():
    # On Christmas Eve, a Tuesday, after the cut-off: executed on the next business day, and received one later.
    for name, date, in_time, days in (("payment", "2024-12-24", False, 1), ("payment-abroad", "2024-07-03", False, 2)):
        _, body = case(name)
        executed = day(date) if in_time else business_days_later(day(date) + datetime.timedelta(days=1), 0)
        arrives = business_days_later(executed, days)
        same(f"{name} dates", (body["executedOn"], body["arrivesOn"]), (str(executed), str(arrives)))
    request, body = case("payment-abroad")
    fee = Fraction(rounded(Fraction(request["order"]["amount"]) * 15 / 10000, "USD", "halfUp"))
    same("payment abroad fee", Fraction(body["fee"]["amount"]), min(max(fee, Fraction(12)), Fraction(150)))
    for name, status in (
        ("payment", "accepted"), ("payment-instant", "accepted"), ("payment-held", "held"), ("payment-blocked", "refused"),
    ):
        same(f"{name} status", case(name)[1]["status"], status)


def check_entries():
    """Every entry that a response proposes is balanced."""
    for path in sorted(REQUESTS.glob("*.expected.json")):
        body = json.loads(path.read_text()).get("body")
        if isinstance(body, dict) and "entry" in body:
            sides = {"debit": Decimal(0), "credit": Decimal(0)}
            for line in body["entry"]["lines"]:
                sides[line["side"]] += Decimal(line["amount"])
            same(f"{path.name} entry", sides["debit"], sides["credit"])


# Identifiers, statements


def passes_mod97(text):
    return int("".join(str(int(c, 36)) for c in text[4:] + text[:4])) % 97 == 1


def passes_luhn(text):
    doubled = [int(c) * (2 if n % 2 else 1) for n, c in enumerate(reversed(text))]
    return sum(sum(divmod(value, 10)) for value in doubled) % 10 == 0


def check_identifiers():
    request, body = case("validations")
    for item, result in zip(request["items"], body["results"]):
        compact = item["value"].replace(" ", "").upper()
        if item["kind"] in ("iban", "creditorReference") and result.get("code", "BadCheckDigits") == "BadCheckDigits":
            same(item["value"], result["valid"], passes_mod97(compact))
        if item["kind"] == "card" and result.get("code", "BadCheckDigit") == "BadCheckDigit":
            same(item["value"], result["valid"], passes_luhn(compact))


def check_statement():
    request, body = case("statement")
    ordered = sorted(request["transactions"], key=lambda each: each["bookingDate"])
    balance = Decimal(request["openingBalance"])
    for transaction, line in zip(ordered, body["lines"]):
        balance += Decimal(transaction["amount"])
        same(f"statement {line['id']}", (line["id"], Decimal(line["balance"])), (transaction["id"], balance))
    same("statement end", Decimal(body["closingBalance"]), balance)

    records = list(csv.DictReader(io.StringIO(case("statement-csv")[1], newline=""), strict=True))
    keys = ("id", "booking date", "amount", "balance")
    found = [tuple(record[key] for key in keys) for record in records]
    expected = [tuple(line[key] for key in ("id", "bookingDate", "amount", "balance")) for line in body["lines"]]
    same("statement as CSV", found, expected)

    lines = case("statement-text")[1].splitlines()
    same("statement's width", max(map(len, lines)), 80)
    same("statement's last balance", any(line.endswith(f"{balance:,.2f}") for line in lines), True)


check_holidays()
check_interest("interest")
check_interest("interest-below-zero")
check_withholding()
check_loan("loan-annuity", modified_following)
check_loan("loan-linear", next_business_day)
check_loan("loan-bullet", lambda date: next_business_day(date, -1))
check_postings()
check_reports()
check_aged()
check_reconciliation()
check_conversion()
check_allocation()
check_fees()
check_payments()
check_entries()
check_identifiers()
check_statement()

print("\n".join(failures) if failures else f"{checked} figures agree")
sys.exit(1 if failures else 0)
