extension [Duration] {
  /// The middle one; zero when there is none.
  var median: Duration { isEmpty ? .zero : sorted()[count / 2] }
}
