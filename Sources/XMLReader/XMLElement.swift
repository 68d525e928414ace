/// An element of an XML document with what it holds.
package struct XMLElement: Sendable {
  /// The name without its namespace's prefix.
  package let name: String
  /// The namespace; empty when it has none.
  package let namespace: String
  package let attributes: [String: String]
  /// The line on which it begins, from 1.
  package let line: Int
  /// What it says, without blanks at both ends; of an element with children, what stands between them.
  package internal(set) var text = ""
  package internal(set) var children: [XMLElement] = []

  /// The first child of a name.
  package subscript(name: String) -> XMLElement? { children.first { $0.name == name } }

  /// All children of a name.
  package func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

  /// The element at the end of a path of names, the first one at each step.
  package func at(_ path: String...) -> XMLElement? {
    var element: XMLElement? = self
    for name in path { element = element?[name] }
    return element
  }
}

/// Why a document can't be read.
package struct XMLError: Error, Sendable, Hashable {
  /// The line on which the trouble is, from 1.
  package let line: Int
  /// What is wrong, as the rest of a sentence.
  package let reason: String
}
