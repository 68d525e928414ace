/// A line of waiting things: appended behind, taken from the front, both in constant time.
struct FIFO<Element> {
  private var elements: [Element?] = []
  private var start = 0

  var isEmpty: Bool { start == elements.count }
  var count: Int { elements.count - start }

  mutating func append(_ element: Element) {
    elements.append(element)
  }

  /// Takes the element that has waited longest; `nil` when there is none.
  mutating func popFirst() -> Element? {
    guard start < elements.count else { return nil }
    let element = elements[start]
    elements[start] = nil
    start += 1
    // What was taken is given back to memory in strides, so that each element is moved once at most on average.
    if start == elements.count {
      elements.removeAll(keepingCapacity: true)
      start = 0
    } else if start >= 64, start * 2 >= elements.count {
      elements.removeFirst(start)
      start = 0
    }
    return element
  }

  /// Takes out all that are not wanted; the others keep their order.
  mutating func removeAll(where isUnwanted: (Element) -> Bool) {
    elements = elements[start...].filter { $0.map { !isUnwanted($0) } ?? false }
    start = 0
  }

  /// The elements in their order.
  var all: [Element] { elements[start...].compactMap { $0 } }
}
