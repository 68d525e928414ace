import Logging
import PostgresClient
import Synchronization

extension LedgerConfiguration {
  var poolOptions: PostgresPoolOptions {
    var options = PostgresPoolOptions()
    options.connect.applicationName = applicationName
    options.connect.requiresReadWrite = true
    options.connect.silence = silence
    options.maximumConnections = max(maximumConnections, 1)
    let told = Mutex<Set<String>>([])
    options.onEvent = { [logger, onExposed] event in
      guard case .opened(let server) = event, server.isExposed,
        told.withLock({ $0.insert(server.host).inserted })
      else { return }
      logger.warning(
        "The connection to the database is not encrypted: set sslmode=verify-full",
        metadata: ["host": "\(server.host)"])
      onExposed(server.host)
    }
    return options
  }
}
