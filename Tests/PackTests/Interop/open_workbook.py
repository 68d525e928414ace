"""Opens the tables that a pack has for spreadsheets in LibreOffice Calc, and says what does not fit.

    python3 open_workbook.py PACK FOLDER

Every cell of a text column must be text, just as it stands in the file, and every number and date what it is in the
pack's own table; nothing may have run as a formula. FOLDER takes what LibreOffice writes.
"""
import csv
import json
import pathlib
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from decimal import Decimal

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


# Comma, quote, UTF-8, from line 1, US English; numbers and dates are looked for and formulas evaluated, as a person's
# spreadsheet does who opens the file with a double click.
AS_OPENED = "CSV:44,34,76,1,,1033,false,true"


def convert(pack, folder):
    files = sorted(str(path) for path in (pack / "excel").glob("*.csv"))
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", f"--infilter={AS_OPENED}", "--convert-to", "fods",
         "--outdir", folder]
        + files,
        check=True, stdout=subprocess.DEVNULL, timeout=300,
    )


def cells(path):
    """The rows as kind and value of each cell."""
    for row in ElementTree.parse(path).iter(f"{TABLE}table-row"):
        found = []
        for cell in row.iter(f"{TABLE}table-cell"):
            assert f"{TABLE}formula" not in cell.attrib, (path, cell.attrib)
            kind = cell.get(f"{OFFICE}value-type", "")
            value = cell.get(f"{OFFICE}value") or cell.get(f"{OFFICE}date-value") or cell.get(f"{OFFICE}boolean-value")
            text = "\n".join("".join(words(line)) for line in cell.findall(f"{TEXT}p"))
            found += [(kind, value or text)] * int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        yield found


def words(line):
    """The text of a paragraph, where blanks and tabs are elements of their own."""
    yield line.text or ""
    for part in line:
        if part.tag == f"{TEXT}s":
            yield " " * int(part.get(f"{TEXT}c", "1"))
        elif part.tag == f"{TEXT}tab":
            yield "\t"
        else:
            yield from words(part)
        yield part.tail or ""


def main(pack, folder):
    convert(pack, folder)
    package = json.loads((pack / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if "/" in resource["path"]:
            continue
        kinds = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        with open(pack / "excel" / resource["path"], encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        found = list(cells(folder / resource["path"].replace(".csv", ".fods")))
        for number, row in enumerate(rows):
            for column, wanted in enumerate(row):
                kind, value = found[number][column] if column < len(found[number]) else ("", "")
                place = (resource["path"], number + 1, rows[0][column], wanted, kind, value)
                if wanted == "":
                    assert kind == "", place
                elif number == 0 or kinds[rows[0][column]] == "string":
                    assert (kind, value) == ("string", wanted.replace("\r\n", "\n")), place
                elif kinds[rows[0][column]] in ("integer", "number"):
                    assert kind == "float" and Decimal(value) == Decimal(wanted), place
                elif kinds[rows[0][column]] == "date":
                    assert (kind, value) == ("date", wanted), place
        print(f"{resource['path']},{len(rows) - 1}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve())
