/// `datapackage.json`: Data Package and Table Schema, as far as a pack uses them.
struct DataPackage: Encodable {
  struct Resource: Encodable {
    let name: String
    let path: String
    let title: String
    let titleZH: String
    let profile = "tabular-data-resource"
    let format = "csv"
    let mediatype = "text/csv"
    let encoding = "utf-8"
    let schema: Schema

    private enum CodingKeys: String, CodingKey {
      case name, path, title, profile, format, mediatype, encoding, schema
      case titleZH = "title_zh"
    }
  }

  struct Schema: Encodable {
    let fields: [Field]
    let primaryKey: [String]
    let foreignKeys: [ForeignKey]
    let missingValues = [""]
  }

  struct Field: Encodable {
    let name: String
    let type: String
    let format: String?
    let title: String
    let titleZH: String
    let constraints: Constraints?

    private enum CodingKeys: String, CodingKey {
      case name, type, format, title, constraints
      case titleZH = "title_zh"
    }
  }

  struct Constraints: Encodable {
    var required: Bool?
    var unique: Bool?
    var pattern: String?
    var minimum: Int?
    var values: [String]?

    var isEmpty: Bool {
      required == nil && unique == nil && pattern == nil && minimum == nil && values == nil
    }

    private enum CodingKeys: String, CodingKey {
      case required, unique, pattern, minimum
      case values = "enum"
    }
  }

  struct ForeignKey: Encodable {
    let fields: [String]
    let reference: Reference
  }

  struct Reference: Encodable {
    let resource: String
    let fields: [String]
  }

  let profile = "tabular-data-package"
  let name: String
  let title: String
  let titleZH: String
  let resources: [Resource]

  private enum CodingKeys: String, CodingKey {
    case profile, name, title, resources
    case titleZH = "title_zh"
  }
}
