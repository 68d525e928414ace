import ArgumentParser

/// What is wrong with the options of a call, for the parser to pass on.
func misuse(_ message: Phrase) -> ValidationError { ValidationError(message.text) }
