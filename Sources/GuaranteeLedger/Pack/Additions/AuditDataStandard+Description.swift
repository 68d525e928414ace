extension AuditDataStandard {
  /// What `datapackage.json` says of the files.
  static var resources: [DataPackage.Resource] {
    File.allCases.map { file in
      DataPackage.Resource(
        name: file.rawValue.lowercased(), path: file.path, title: title(file), titleZH: titleZH(file),
        schema: DataPackage.Schema(
          fields: file.columns.map(field), primaryKey: file.key, foreignKeys: file.references))
    }
  }

  private static func title(_ file: File) -> String {
    "Audit Data Standard: " + file.rawValue.map { $0 == "_" ? " " : String($0) }.joined()
  }

  private static func titleZH(_ file: File) -> String {
    let names: [File: String] = [
      .detail: "总账明细", .trialBalance: "试算平衡表", .chart: "科目表", .users: "用户清单", .units: "业务单位清单",
      .sources: "来源清单",
    ]
    return "审计数据标准:" + (names[file] ?? "")
  }

  /// What makes tables of the files in DuckDB.
  static func loads(_ dialect: String) -> [String] {
    File.allCases.map { file in
      let types = ["date": "DATE", "number": "DECIMAL(23,4)", "integer": "BIGINT", "time": "TIME"]
      let columns = file.columns.map { "    '\($0)': '\(types[type(of: $0)] ?? "VARCHAR")'" }
      return """
        create table ads_\(file.rawValue.lowercased()) as select * from read_csv('\(file.path)', \(dialect), columns = {
        \(columns.joined(separator: ",\n"))
          });

        """
    }
  }

  /// As Table Schema calls it.
  private static func type(of column: String) -> String {
    switch column {
    case "Effective_Date", "Entered_Date", "Approved_Date": "date"
    case "Entered_Time", "Approved_Time": "time"
    case "Amount", "Amount_Beginning", "Amount_Ending", "X_Amount_Debit", "X_Amount_Credit": "number"
    case "Journal_ID_Line_Number", "Fiscal_Year", "X_Events_Entered", "X_Events_Approved": "integer"
    default: "string"
    }
  }

  private static func field(_ name: String) -> DataPackage.Field {
    let type = type(of: name)
    return DataPackage.Field(
      name: name, type: type, format: type == "time" ? "any" : nil,
      title: name.map { $0 == "_" ? " " : String($0) }.joined(),
      titleZH: titlesZH[name] ?? name, constraints: nil)
  }

  private static let titlesZH = [
    "Journal_ID": "凭证编号", "Journal_ID_Line_Number": "凭证行号", "Effective_Date": "凭证日期", "Amount": "金额",
    "Amount_Credit_Debit_Indicator": "借贷方向", "GL_Account_Number": "科目编号", "GL_Account_Name": "科目名称",
    "Entered_By": "制单人", "Approved_By": "审核人", "Amount_Beginning": "期初余额", "Amount_Ending": "期末余额",
    "X_Amount_Debit": "借方发生额", "X_Amount_Credit": "贷方发生额", "Amount_Currency": "币种", "User_ID": "用户",
    "Business_Unit_Code": "机构", "Fiscal_Year": "会计年度", "Period": "会计期间",
  ]
}

extension AuditDataStandard.File {
  var key: [String] {
    switch self {
    case .detail: ["Journal_ID", "Journal_ID_Line_Number"]
    case .trialBalance:
      ["Business_Unit_Code", "GL_Account_Number", "Fiscal_Year", "Period", "Amount_Currency"]
    case .chart, .users, .units, .sources: [columns[0]]
    }
  }

  var references: [DataPackage.ForeignKey] {
    let wanted: [(String, AuditDataStandard.File)]
    switch self {
    case .detail:
      wanted = [
        ("GL_Account_Number", .chart), ("Source", .sources), ("Entered_By", .users), ("Approved_By", .users),
      ]
    case .trialBalance: wanted = [("GL_Account_Number", .chart)]
    case .chart, .users, .units, .sources: wanted = []
    }
    return wanted.map { column, file in
      DataPackage.ForeignKey(
        fields: [column],
        reference: DataPackage.Reference(resource: file.rawValue.lowercased(), fields: [file.columns[0]]))
    }
  }
}
