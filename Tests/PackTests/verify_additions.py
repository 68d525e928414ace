"""Proves what stands beside the tables of an audit pack, by the page TheAuditStandards of the documentation."""
import csv
from collections import defaultdict
from decimal import Decimal


def table(folder, name, encoding="utf-8"):
    with open(folder / name, encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, strict=True))


def check_ads(folder, events, entries, openings, rules, require):
    """The general ledger in the words of the Audit Data Standard."""
    by_place = {(event["office"], event["sequence"]): event for event in events}
    meanings = {row["event"]: row["meaning"] for row in rules["events"]}
    wanted = []
    for entry in entries:
        event = by_place[entry["office"], entry["sequence"]]
        date, time = event["recorded_at"].rstrip("Z").split("T")
        approved = [event["approved_by"], date, time] if event["approved_by"] else ["", "", ""]
        wanted.append(
            [
                event["key"], entry["line"], meanings[event["event"]], event["reference"], event["event"],
                entry["office"], event["on"], event["on"][:4], f"M{int(event['on'][5:7])}", entry["role"],
                entry["debit"] or entry["credit"], "D" if entry["debit"] else "C", entry["currency"],
                event["reverses"], event["recorded_by"], date, time, *approved,
                entry["dispute"], entry["guarantor"], entry["sequence"],
            ]
        )
    require([list(row.values()) for row in table(folder, "ads/GL_Detail.csv")] == wanted, "GL_Detail")
    check_trial_balance(folder, wanted, openings, rules, require)
    users = {event["recorded_by"] for event in events} | {event["approved_by"] for event in events} - {""}
    require({row["User_ID"] for row in table(folder, "ads/User_Listing.csv")} == users, "User_Listing")
    chart = [row["GL_Account_Number"] for row in table(folder, "ads/Chart_Of_Accounts.csv")]
    require(chart == [row["role"] for row in rules["accounts"]], "Chart_Of_Accounts")


def check_trial_balance(folder, detail, openings, rules, require):
    normal = {row["role"]: 1 if row["normal"] == "debit" else -1 for row in rules["accounts"]}
    balances, moves, places = defaultdict(Decimal), defaultdict(lambda: [Decimal(0), Decimal(0)]), set()
    for row in openings:
        account = (row["office"], row["role"], row["currency"])
        balances[account] += Decimal(row["balance"]) * normal[row["role"]]
        places.add(account)
    for row in detail:
        account = (row[5], row[9], row[12])
        moves[account, row[6][:7]][row[11] == "C"] += Decimal(row[10])
        places.add(account)
    found = table(folder, "ads/Trial_Balance.csv")
    months = sorted({(int(row["Fiscal_Year"]), int(row["Period"][1:])) for row in found})
    require(len(found) == (len(places) * len(months) if detail else 0), "the rows of Trial_Balance")
    for row in found:
        account = (row["Business_Unit_Code"], row["GL_Account_Number"], row["Amount_Currency"])
        debit, credit = moves.pop((account, f"{row['Fiscal_Year']}-{int(row['Period'][1:]):02}"), (Decimal(0), Decimal(0)))
        require(Decimal(row["Amount_Beginning"]) == balances[account], f"the beginning of {account}")
        require((Decimal(row["X_Amount_Debit"]), Decimal(row["X_Amount_Credit"])) == (debit, credit), f"the movement of {account}")
        balances[account] += debit - credit
        require(Decimal(row["Amount_Ending"]) == balances[account], f"the ending of {account}")
    require(not moves, "movements that Trial_Balance lacks")


def check_excel(folder, tables, package, require):
    """Without the byte order mark and the apostrophes it is the table itself; columns of numbers and dates have none."""
    for resource in package["resources"]:
        if "/" in resource["path"]:
            continue
        texts = {field["name"] for field in resource["schema"]["fields"] if field["type"] == "string"}
        require((folder / "excel" / resource["path"]).read_bytes()[:3] == b"\xef\xbb\xbf", "a byte order mark")
        rows = table(folder, f"excel/{resource['path']}", "utf-8-sig")
        bare = [
            {name: value.removeprefix("'") if name in texts else value for name, value in row.items()} for row in rows
        ]
        require(bare == tables(resource["path"]), f"excel/{resource['path']}")
        for row in rows:
            for name in texts:
                require(not row[name][:1] in "=+-@\t\r\n＝＋－＠" or row[name] == "", f"a cell of excel/{resource['path']}")
