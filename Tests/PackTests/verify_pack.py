"""Proves an audit pack with nothing but Python's standard library, by the page TheAuditPack of the documentation.

    python3 verify_pack.py FOLDER

Prints the head of each office's chain and the totals of each ledger and currency, and exits with 1 at the first thing
that does not fit. It takes the rules as they are in the pack: compare `rules/` with those of the program that made it,
which are in its sources, in `sql/rules`. It keeps the whole pack in memory and is written to be read, not to be fast.
"""
import csv
import hashlib
import json
import pathlib
import sys
from collections import defaultdict
from decimal import Decimal

import verify_additions

DERIVED_START = {"stage_from": "stage_to", "lot_from": "lot_to"}


csv.field_size_limit(1 << 22)


def table(folder, name):
    with open(folder / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def require(condition, what):
    if not condition:
        sys.exit(f"does not fit: {what}")


def escaped(text):
    short = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return "".join(short.get(c) or (f"\\u{ord(c):04x}" if ord(c) < 0x20 else c) for c in text)


def canonical(event):
    """The canonical bytes of a row of events.csv."""
    members = []
    for name in sorted(event, key=lambda name: (len(name.encode()), name.encode())):
        if name == "hash":
            continue
        if name == "office" or event[DERIVED_START.get(name, name)] != "":
            members.append(f'"{name}": "{escaped(event[name])}"')
    return ("{" + ", ".join(members) + "}").encode()


def check_files(folder, manifest):
    listed = {file["name"]: file for file in manifest["files"]}
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()}
    require(there == set(listed) | {"manifest.json", "SHA256SUMS"}, "the files that are there")
    for name, file in listed.items():
        require(not (folder / name).is_symlink(), f"{name}, which is a link")
        content = (folder / name).read_bytes()
        require(hashlib.sha256(content).hexdigest() == file["sha256"], f"the hash of {name}")
        require(len(content) == file["bytes"], f"the size of {name}")
        if "rows" in file:
            require(len(table(folder, name)) == file["rows"], f"the rows of {name}")
    hashes = {name: file["sha256"] for name, file in listed.items()}
    hashes["manifest.json"] = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    sums = "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes, key=str.encode))
    require((folder / "SHA256SUMS").read_text() == sums, "SHA256SUMS")


def place(row):
    return row["office"].encode(), int(row["sequence"])


def check_chain(events, left_out):
    """Events that are left out have a hash and nothing else."""
    require([place(row) for row in left_out] == sorted(place(row) for row in left_out), "the order of chain.csv")
    require([place(row) for row in events] == sorted(place(row) for row in events), "the order of events.csv")
    heads, hashes = {}, defaultdict(list)
    for row in sorted(events + left_out, key=place):
        sequence, before = heads.get(row["office"], (0, bytes(32)))
        require(int(row["sequence"]) == sequence + 1, f"the number of an event of {row['office']}")
        head = bytes.fromhex(row["hash"])
        require(len(head) == 32, "the length of a hash")
        if "key" in row:
            require(hashlib.sha256(before + canonical(row)).digest() == head, f"the hash of {row['key']}")
        heads[row["office"]] = (sequence + 1, head)
        hashes[row["office"]].append(head)
    return heads, hashes


def check_selection(events, left_out, selection):
    """What is shown is what the manifest says, as far as that can be told."""
    offices, dispute = selection.get("offices"), selection.get("dispute")
    first, last = selection.get("from", ""), selection.get("through", "9999-12-31")
    begun = {}
    for event in events:
        require(dispute is None or event["dispute"] in (dispute, ""), f"the dispute of {event['key']}")
        require(offices is None or event["office"] in offices + [""], f"the office of {event['key']}")
        require(event["on"] <= last, f"the date of {event['key']}")
        if event["office"] and event["office"] not in begun:
            require(event["on"] >= first, f"the date of {event['key']}, the first of its office")
        begun.setdefault(event["office"], int(event["sequence"]))
    for row in left_out:
        chosen = dispute is None and (offices is None or row["office"] in offices + [""])
        if chosen and "through" not in selection:
            isBefore = "from" in selection and int(row["sequence"]) < begun.get(row["office"], 1 << 62)
            require(isBefore and row["office"], f"an event of {row['office']} that is left out")


def check_attempts(attempts, heads):
    """Refused events have a chain of their own in each office; `fields` is JSON already and stands as it is."""
    last = {}
    for row in attempts:
        number, before = last.get(row["office"], (0, bytes(32)))
        require(int(row["number"]) == number + 1, "the number of a refused attempt")
        names = ["number", "office", "result", "reported", "attempted_at", "attempted_by"]
        rest = ", ".join(f'"{name}": "{escaped(row[name])}"' for name in names)
        head = hashlib.sha256(before + f'{{"fields": {row["fields"]}, {rest}}}'.encode()).digest()
        require(head.hex() == row["hash"], "the hash of a refused attempt")
        last[row["office"]] = (number + 1, head)
    require(
        heads
        == [
            {"office": office, "sequence": number, "hash": head.hex()}
            for office, (number, head) in sorted(last.items(), key=lambda item: item[0].encode())
        ],
        "the heads of refused attempts in the manifest",
    )


def merkle_root(leaves):
    """RFC 6962's Merkle tree hash of the hashes of events."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hashlib.sha256(b"\x01" + merkle_root(leaves[:half]) + merkle_root(leaves[half:])).digest()


def check_seals(seals, hashes, last):
    """All but the signatures, for which Python's standard library has nothing: they are over the bytes of `statement`."""
    previous, before = bytes(32), {}
    for number, row in enumerate(seals, 1):
        said = json.loads(row["statement"])
        require(said["number"] == row["number"] == str(number), "the number of a seal")
        require(said["previous"] == previous.hex(), "what a seal follows from")
        require(said["root"] == row["root"] and said["key_id"] == row["key_id"], "what a seal says")
        require(hashlib.sha256(bytes.fromhex(row["public_key"])).hexdigest()[:32] == row["key_id"], "the name of a key")
        leaves = []
        for office, head in sorted(said["heads"].items(), key=lambda item: item[0].encode()):
            end = int(head["sequence"])
            require(hashes[office][end - 1].hex() == head["hash"], "what a seal says of an office")
            leaves += hashes[office][before.get(office, 0) : end]
            before[office] = end
        require(said["events"] == str(len(leaves)), "how many events a seal closes")
        require(merkle_root(leaves).hex() == row["root"], "the root of a seal")
        previous = hashlib.sha256(row["statement"].encode()).digest()
        print(f"root,{number},{row['root']}")
    require(last == ({"number": len(seals), "sha256": previous.hex()} if seals else None), "the seal in the manifest")


def postings_of(event, postings):
    """The sides that an event's postings call for, in the order of their lines: role and 1 for debit, -1 for credit."""
    own = [row for row in postings if row["event"] == event["event"]]
    has_instruments = any(row["instrument"] for row in own)
    instrument = event["instrument"]
    if bool(instrument) != has_instruments:
        return []
    sides = []
    for row in own:
        if row["instrument"] in ("", instrument):
            sides += [(row["debit"], 1), (row["credit"], -1)]
    return sides


def check_entries(events, entries, rules, selection):
    postings, roles = rules["postings"], {row["role"]: row for row in rules["accounts"]}
    digits = {row["currency"]: int(row["minor_digits"]) for row in rules["currencies"]}
    made, by_key = defaultdict(list), {}
    for entry in entries:
        amount = Decimal(entry["debit"] or "0") - Decimal(entry["credit"] or "0")
        account = tuple(entry[name] for name in ("office", "role", "dispute", "guarantor", "currency"))
        require(-amount.as_tuple().exponent == digits[entry["currency"]], "the decimals of an entry")
        lines = made[entry["office"], entry["sequence"]]
        lines.append((account, amount))
        require(int(entry["line"]) == len(lines), "the lines of an event's entries")
    for event in events:
        place = (event["office"], event["sequence"])
        found = made.pop(place, [])
        if event["reverses"] and event["reverses"] not in by_key and ("from" in selection or "through" in selection):
            wanted = found
            require(found, f"the entries of {event['key']}")
        elif event["reverses"]:
            wanted = [(account, -amount) for account, amount in reversed(by_key.pop(event["reverses"]))]
        else:
            wanted = []
            for role, side in postings_of(event, postings):
                dimensions = roles[role]["dimensions"].split("+")
                dispute = event["dispute"] if "dispute" in dimensions else ""
                guarantor = event["guarantor"] if "guarantor" in dimensions else ""
                account = (event["office"], role, dispute, guarantor, event["currency"])
                wanted.append((account, side * Decimal(event["amount"])))
            by_key[event["key"]] = found
        require(sorted(found) == sorted(wanted), f"the entries of {event['key']}")
        sums = defaultdict(Decimal)
        for account, amount in found:
            sums[roles[account[1]]["ledger"], account[4]] += amount
        require(not any(sums.values()), f"debits and credits of {event['key']}")
    require(not made, "entries without an event")


def check_accounts(entries, accounts, openings, rules, selection):
    """A dispute's pack has no balances of accounts that are not the dispute's own."""
    roles = {row["role"]: row for row in rules["accounts"]}
    balances, versions = defaultdict(Decimal), defaultdict(int)
    for row in openings:
        account = tuple(row[name] for name in ("office", "role", "dispute", "guarantor", "currency"))
        require(account not in balances, f"the opening balance of {account}")
        balances[account], versions[account] = Decimal(row["balance"]), int(row["version"])
    for entry in entries:
        account = tuple(entry[name] for name in ("office", "role", "dispute", "guarantor", "currency"))
        amount = Decimal(entry["debit"] or "0") - Decimal(entry["credit"] or "0")
        balances[account] += amount if roles[entry["role"]]["normal"] == "debit" else -amount
        versions[account] += 1
        if "dispute" in selection and entry["dispute"] != selection["dispute"]:
            require(entry["balance"] == entry["version"] == "", f"a balance of {account}")
            del balances[account]
            continue
        require(balances[account] >= 0 or "through" in selection, f"the balance of {account}")
        require(Decimal(entry["balance"]) == balances[account], f"the balance after an entry of {account}")
        require(int(entry["version"]) == versions[account], f"the number of an entry of {account}")
    totals = defaultdict(lambda: {"debit": Decimal(0), "credit": Decimal(0)})
    for row in accounts:
        account = tuple(row[name] for name in ("office", "role", "dispute", "guarantor", "currency"))
        require(Decimal(row["balance"]) == balances.pop(account, None), f"the balance of {account}")
        require(int(row["version"]) == versions[account], f"the entries of {account}")
        require(row["account"] == ":".join(part for part in account if part), f"the name of {account}")
        role = roles[row["role"]]
        totals[role["ledger"], row["currency"]][role["normal"]] += Decimal(row["balance"])
    require(not balances, "accounts that are missing")
    for ledger, total in totals.items():
        require(total["debit"] == total["credit"] or "dispute" in selection, f"debit and credit of {ledger}")
    return totals


def period_of(closings, office, day):
    """The first closing of the office that has the day."""
    return next((row for row in closings[office] if row["through"] >= day), None)


def json_object(members):
    names = sorted(members, key=lambda name: (len(name.encode()), name.encode()))
    return "{" + ", ".join(f'"{name}": {members[name]}' for name in names) + "}"


def check_closings(closings, events):
    """What closings say by themselves and of events, and their chains."""
    by_office, counts = defaultdict(list), {}
    for row in closings:
        members = {name: value if name in ("disputes", "lots") else f'"{escaped(value)}"' for name, value in row.items()}
        del members["closing_hash"]
        require(hashlib.sha256(json_object(members).encode()).hexdigest() == row["closing_hash"], "the hash of a closing")
        before = by_office[row["office"]][-1] if by_office[row["office"]] else None
        require(row["previous"] == (before["closing_hash"] if before else "0" * 64), "what a closing follows from")
        require(not before or before["through"] < row["through"], "the order of closings")
        by_office[row["office"]].append(row)
        for name in ("disputes", "lots"):
            counts[row["office"], row["through"], name] = defaultdict(int)
    closed = {(event["office"], event["sequence"]): event for event in events if event["closing_hash"]}
    for row in closings:
        event = closed.pop((row["office"], row["sequence"]), None)
        require(event and event["closing_hash"] == row["closing_hash"], "the event of a closing")
        require(event["event"] == "close_period" and event["on"] == row["through"], "the day of a closing")
    require(not closed, "a closing of an event")
    for event in events:
        row = period_of(by_office, event["office"], event["on"])
        for name, start, end in (("disputes", "stage_from", "stage_to"), ("lots", "lot_from", "lot_to")):
            if row and event[start] != event[end] and event[end]:
                count = counts[row["office"], row["through"], name]
                count[event[end]] += 1
                count[event[start]] -= 1
    for office, rows in by_office.items():
        for name in ("disputes", "lots"):
            count = defaultdict(int)
            for row in rows:
                for state, change in counts[office, row["through"], name].items():
                    count[state] += change
                wanted = {state: str(number) for state, number in count.items() if state and number}
                require(json.loads(row[name]) == wanted, f"the {name} of a closing")
    return by_office


def check_closing_balances(by_office, balances, events, entries, roles):
    days = {(event["office"], event["sequence"]): event["on"] for event in events}
    names = ("office", "role", "dispute", "guarantor", "currency")
    moved, wanted = defaultdict(lambda: [Decimal(0), Decimal(0)]), {}
    for entry in entries:
        row = period_of(by_office, entry["office"], days[entry["office"], entry["sequence"]])
        if row:
            sides = moved[tuple(entry[name] for name in names), row["through"]]
            sides[0] += Decimal(entry["debit"] or "0")
            sides[1] += Decimal(entry["credit"] or "0")
    for account in sorted({account for account, _ in moved}):
        balance = Decimal(0)
        for row in by_office[account[0]]:
            opening = balance
            debit, credit = moved.get((account, row["through"]), (Decimal(0), Decimal(0)))
            balance += debit - credit if roles[account[1]]["normal"] == "debit" else credit - debit
            if opening or (account, row["through"]) in moved:
                wanted[account, row["through"]] = [opening, debit, credit, balance]
    found = {}
    leaves = defaultdict(list)
    for row in balances:
        found[tuple(row[name] for name in names), row["through"]] = [
            Decimal(row[name]) for name in ("opening", "debit", "credit", "closing")
        ]
        members = {name: f'"{escaped(value)}"' for name, value in row.items() if value and name not in ("office", "through")}
        leaves[row["office"], row["through"]].append(hashlib.sha256(json_object(members).encode()).digest())
    require(len(found) == len(balances) and found == wanted, "the accounts of the closings")
    for office, rows in by_office.items():
        for row in rows:
            own = leaves.pop((office, row["through"]), [])
            require(row["account_count"] == str(len(own)), "the number of accounts of a closing")
            require(merkle_root(own).hex() == row["balances"], "the root of a closing")
            print(f"closing,{office},{row['through']},{row['closing_hash']}")
    require(not leaves, "accounts without a closing")


def check_stages(events, disputes, lots, openings, rules, selection):
    steps = {(row["machine"], row["event"], row["from"], row["to"]) for row in rules["transitions"]}
    stages = {row["dispute"]: row["stage"] for row in openings("disputes")}
    states = {(row["dispute"], row["lot"]): row["state"] for row in openings("lots")}
    added = set(states)
    for event in events:
        if event["stage_to"]:
            require(event["stage_from"] == stages.get(event["dispute"], ""), f"the stage before {event['key']}")
            step = ("dispute", event["event"], event["stage_from"], event["stage_to"])
            require(step in steps, f"the step of {event['key']}")
            stages[event["dispute"]] = event["stage_to"]
        if event["lot_to"]:
            lot = (event["dispute"], event["lot"])
            # An event of a later date, which is left out, may have led it on.
            require("through" in selection or event["lot_from"] == states.get(lot, ""), f"the lot before {event['key']}")
            step = ("lot", event["event"], event["lot_from"], event["lot_to"])
            require(step in steps, f"the lot's step of {event['key']}")
            states[lot] = event["lot_to"]
            if not event["lot_from"]:
                added.add(lot)
    states = {lot: state for lot, state in states.items() if lot in added}
    require({row["dispute"]: row["stage"] for row in disputes} == stages, "the stages of the disputes")
    require({(row["dispute"], row["lot"]): row["state"] for row in lots} == states, "the states of the lots")


def check_heads(heads, wanted):
    found = [
        {"office": office, "sequence": sequence, "hash": head.hex()}
        for office, (sequence, head) in sorted(heads.items(), key=lambda item: item[0].encode())
    ]
    require(wanted == found, "the heads in the manifest")


def main(folder):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    require(manifest["format"] == "guarantee-pack/1", "the pack's form")
    check_files(folder, manifest)
    selection, additions = manifest.get("selection", {}), manifest.get("additions", [])
    rules = {path.stem: table(folder, f"rules/{path.name}") for path in (folder / "rules").iterdir()}
    events, entries = table(folder, "events.csv"), table(folder, "entries.csv")
    left_out = table(folder, "chain.csv") if selection else []

    def openings(name):
        return table(folder, f"opening_{name}.csv") if "from" in selection else []

    heads, hashes = check_chain(events, left_out)
    check_heads(heads, manifest["heads"])
    check_selection(events, left_out, selection)
    check_attempts(table(folder, "attempts.csv"), manifest["attempts"])
    check_seals(table(folder, "seals.csv"), hashes, manifest.get("seal"))
    check_entries(events, entries, rules, selection)
    totals = check_accounts(entries, table(folder, "accounts.csv"), openings("accounts"), rules, selection)
    require(
        {(total["ledger"], total["currency"]): (Decimal(total["debit"]), Decimal(total["credit"])) for total in manifest["totals"]}
        == {ledger: (total["debit"], total["credit"]) for ledger, total in totals.items()},
        "the totals in the manifest",
    )
    # A pack of a dispute, or of a period, has no closings.
    if (folder / "closings.csv").exists():
        closings = check_closings(table(folder, "closings.csv"), events)
        roles = {row["role"]: row for row in rules["accounts"]}
        check_closing_balances(closings, table(folder, "closing_balances.csv"), events, entries, roles)
    check_stages(events, table(folder, "disputes.csv"), table(folder, "lots.csv"), openings, rules, selection)
    if "ads" in additions:
        verify_additions.check_ads(folder, events, entries, openings("accounts"), rules, require)
    if "excel" in additions:
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        verify_additions.check_excel(folder, lambda name: table(folder, name), package, require)
    for office, (sequence, head) in sorted(heads.items()):
        print(f"head,{office},{sequence},{head.hex()}")
    for (ledger, currency), total in sorted(totals.items()):
        print(f"total,{ledger},{currency},{total['debit']},{total['credit']}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
