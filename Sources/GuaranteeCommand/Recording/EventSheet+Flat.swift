/// The sheet as flat OpenDocument XML: every cell is text, so that what is typed stays what it is.
extension EventSheet {
  /// Rows with lists to choose from.
  private static let rows = 500
  /// Other spreadsheet programs take no longer list.
  private static let longestList = 250

  var flat: String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" \
    xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" \
    xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" \
    xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" \
    office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
    <office:automatic-styles><number:text-style style:name="N100"><number:text-content/></number:text-style>
    <style:style style:name="column" style:family="table-column"><style:table-column-properties style:column-width="3.6cm"/></style:style>
    <style:style style:name="text" style:family="table-cell" style:data-style-name="N100"/>
    <style:style style:name="title" style:family="table-cell" style:data-style-name="N100"><style:text-properties fo:font-weight="bold"/></style:style>
    </office:automatic-styles>
    <office:body><office:spreadsheet><table:content-validations>\(columns.map(choice).joined())</table:content-validations>
    <table:table table:name="events"><table:table-column table:style-name="column" table:default-cell-style-name="text" \
    table:number-columns-repeated="\(columns.count)"/>
    <table:table-row>\(columns.map(title).joined())</table:table-row>
    <table:table-row table:number-rows-repeated="\(Self.rows)">\(columns.map(cell).joined())</table:table-row>
    </table:table>\(knownCodes)</office:spreadsheet></office:body></office:document>

    """
  }

  private func title(_ column: Column) -> String {
    let lines = comment(on: column).split(separator: "\n").map {
      "<text:p>\(HTML(String($0)).source)</text:p>"
    }
    return """
      <table:table-cell table:style-name="title" office:value-type="string"><office:annotation>\(lines.joined())\
      </office:annotation><text:p>\(column.field)</text:p></table:table-cell>
      """
  }

  private func list(_ column: Column) -> String? {
    let list = column.values.joined(separator: ",")
    return list.isEmpty || list.utf8.count > Self.longestList ? nil : list
  }

  private func cell(_ column: Column) -> String {
    let hasChoice = list(column) != nil || !column.known.isEmpty
    let choice = hasChoice ? #" table:content-validation-name="choice-\#(column.field)""# : ""
    return #"<table:table-cell table:style-name="text"\#(choice)/>"#
  }

  private func choice(_ column: Column) -> String {
    if let place = knownColumns.firstIndex(where: { $0.field == column.field }) {
      let letter = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(place)))
      // A code that is not there yet may be registered first.
      return validation(column, "[$choices.$\(letter)$1:.$\(letter)$\(column.known.count)]", "warning")
    }
    guard list(column) != nil else { return "" }
    return validation(column, column.values.map { "&quot;\($0)&quot;" }.joined(separator: ";"), "stop")
  }

  private func validation(_ column: Column, _ list: String, _ message: String) -> String {
    """
    <table:content-validation table:name="choice-\(column.field)" table:condition="of:cell-content-is-in-list(\(list))" \
    table:allow-empty-cell="true" table:display-list="unsorted" table:base-cell-address="events.A2">\
    <table:error-message table:message-type="\(message)" table:display="true"/></table:content-validation>
    """
  }

  /// The columns with codes of the ledger, as many as have a letter.
  private var knownColumns: [Column] { Array(columns.filter { !$0.known.isEmpty }.prefix(26)) }

  /// A second sheet with the codes of the ledger, a column for each list.
  private var knownCodes: String {
    let lists = knownColumns.map(\.known)
    guard let longest = lists.map(\.count).max() else { return "" }
    let rows = (0..<longest).map { row in
      let cells = lists.map { list in
        row < list.count
          ? #"<table:table-cell office:value-type="string"><text:p>\#(HTML(list[row]).source)</text:p></table:table-cell>"#
          : "<table:table-cell/>"
      }
      return "<table:table-row>\(cells.joined())</table:table-row>"
    }
    return #"<table:table table:name="choices">\#(rows.joined())</table:table>"#
  }
}
