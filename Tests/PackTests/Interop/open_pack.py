"""Opens an audit pack in programs that auditors use, and says what does not fit.

    python3 open_pack.py frictionless|duckdb|pandas FOLDER

Prints one line for each table with the number of its rows, and for DuckDB and pandas what the balances come to; exits
with 1 when a program finds something wrong.
"""
import json
import os
import pathlib
import sys
from decimal import Decimal


def manifest_rows(folder):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return {file["name"]: file["rows"] for file in manifest["files"] if "rows" in file}


def frictionless(folder):
    from frictionless import Package, validate

    os.chdir(folder)
    report = validate("datapackage.json")
    for task in report.tasks:
        print(f"{task.place},{task.stats.get('rows') or 0}")
        for error in task.errors:
            print(f"{task.place}: {error.title}: {error.message}", file=sys.stderr)
    for error in report.errors:
        print(error.message, file=sys.stderr)
    # What the description says of a value is how it is read: amounts exactly, moments with their zone.
    event = next(iter(Package("datapackage.json").get_resource("events").read_rows()))
    assert event["recorded_at"].utcoffset() is not None, event
    sys.exit(0 if report.valid else 1)


def duckdb(folder):
    import duckdb

    os.chdir(folder)
    connection = duckdb.connect()
    connection.execute((folder / "load.sql").read_text(encoding="utf-8"))
    for name, rows in sorted(manifest_rows(folder).items()):
        if name.startswith("excel/"):
            continue
        table = name.removesuffix(".csv").replace("/", "_").lower()
        counted = connection.execute(f'select count(*) from "{table}"').fetchone()[0]
        print(f"{name},{counted}")
        assert counted == rows, name
    sums = connection.execute(
        """select r.ledger, a.currency, sum(case r.normal when 'debit' then a.balance else 0 end),
                  sum(case r.normal when 'credit' then a.balance else 0 end)
             from accounts a join rules_accounts r using (role) group by all order by 1, 2"""
    ).fetchall()
    check_totals(folder, sums)
    # Each entry is of an event that is there, and each event's entries come to nothing.
    strays = connection.execute(
        """select count(*) from entries n anti join events e
             on n.office is not distinct from e.office and n.sequence = e.sequence"""
    ).fetchone()[0]
    assert strays == 0, strays
    uneven = connection.execute(
        """select count(*) from (select office, sequence from entries
            group by all having sum(coalesce(debit, 0)) <> sum(coalesce(credit, 0)))"""
    ).fetchone()[0]
    assert uneven == 0, uneven


def pandas(folder):
    import pandas

    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    rows = manifest_rows(folder)
    frames = {}
    for resource in package["resources"]:
        types = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        times = [name for name, kind in types.items() if kind in ("date", "datetime")]
        frame = pandas.read_csv(
            folder / resource["path"], keep_default_na=False, na_values=resource["schema"]["missingValues"],
            converters={name: lambda text: Decimal(text) if text else None for name, kind in types.items() if kind == "number"},
            dtype={name: {"integer": "Int64", "boolean": "boolean"}.get(kind, "string")
                   for name, kind in types.items() if kind not in ("number", "date", "datetime")},
            parse_dates=times,
        )
        for name in times:
            assert pandas.api.types.is_datetime64_any_dtype(frame[name]) or frame[name].isna().all(), (resource["path"], name)
        key = resource["schema"]["primaryKey"]
        assert not frame.duplicated(subset=key).any(), resource["path"]
        assert len(frame) == rows[resource["path"]], resource["path"]
        frames[resource["name"]] = frame
        print(f"{resource['path']},{len(frame)}")
    roles = pandas.read_csv(folder / "rules/accounts.csv", dtype="string").set_index("role")
    sums = {}
    for row in frames["accounts"].itertuples():
        side = 0 if roles.loc[row.role, "normal"] == "debit" else 1
        sums.setdefault((roles.loc[row.role, "ledger"], row.currency), [Decimal(0), Decimal(0)])[side] += row.balance
    check_totals(folder, [(*place, *both) for place, both in sorted(sums.items())])


def check_totals(folder, sums):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    wanted = [(t["ledger"], t["currency"], Decimal(t["debit"]), Decimal(t["credit"])) for t in manifest["totals"]]
    assert [tuple(row) for row in sums] == wanted, (sums, wanted)


if __name__ == "__main__":
    {"frictionless": frictionless, "duckdb": duckdb, "pandas": pandas}[sys.argv[1]](pathlib.Path(sys.argv[2]).resolve())
