// Starts, stops or asks after a private server from a process of its own, as tests need it:
// PrivatePostgresProbe start|stop|status FOLDER
import PrivatePostgres

let arguments = CommandLine.arguments
let server = PrivateServer(dataDirectory: arguments.count > 2 ? arguments[2] : "")
do {
  switch arguments.count > 2 ? arguments[1] : "" {
  case "start": print(try await server.start())
  case "stop": print(try await server.stop())
  default: print(server.status().state.rawValue)
  }
} catch {
  print(error.code.rawValue, error)
}
