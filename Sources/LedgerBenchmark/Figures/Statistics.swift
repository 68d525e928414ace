extension [Duration] {
  /// The middle one; zero when there is none.
  var median: Duration { isEmpty ? .zero : sorted()[count / 2] }

  /// The one that 99 of 100 don't exceed; zero when there is none.
  var percentile99: Duration { isEmpty ? .zero : sorted()[(count - 1) * 99 / 100] }
}
