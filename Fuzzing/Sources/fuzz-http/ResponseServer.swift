internal import Glibc
internal import Synchronization

/// A server on the loopback interface that answers every request with the same bytes and closes the connection.
final class ResponseServer: Sendable {
  let port: UInt16
  private let response = Mutex<[UInt8]>([])
  private let listener: Int32

  init() {
    signal(SIGPIPE, SIG_IGN)
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.listener = listener
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe bind(listener, address, size) == 0 && listen(listener, 64) == 0
          && getsockname(listener, address, &size) == 0
      }
    }
    precondition(isListening, "the loopback interface offers no port")
    port = UInt16(bigEndian: address.sin_port)
    var thread = pthread_t()
    let context = unsafe Unmanaged.passRetained(self).toOpaque()
    let error = unsafe pthread_create(
      &thread, nil,
      { context in
        guard let context = unsafe context else { return nil }
        unsafe Unmanaged<ResponseServer>.fromOpaque(context).takeRetainedValue().serve()
        return nil
      }, context)
    precondition(error == 0, "there is no thread for the server")
  }

  /// What is sent from now on.
  func respond(with bytes: [UInt8]) { response.withLock { $0 = bytes } }

  private func serve() {
    while true {
      let connection = accept(listener, nil, nil)
      if connection < 0 { continue }
      readRequest(connection)
      let bytes = response.withLock { $0 }
      var sent = 0
      while sent < bytes.count {
        let count = unsafe bytes.withUnsafeBytes {
          unsafe write(connection, $0.baseAddress! + sent, bytes.count - sent)
        }
        if count <= 0 { break }
        sent += count
      }
      close(connection)
    }
  }

  /// Reads up to the end of the headers. A connection that is closed with unread bytes is reset, and its peer may lose
  /// the response; the one byte of a body is read, too.
  private func readRequest(_ connection: Int32) {
    var last: [UInt8] = []
    var byte: UInt8 = 0
    var hasBody = false
    while last.suffix(4) != [13, 10, 13, 10], unsafe read(connection, &byte, 1) == 1 {
      last.append(byte)
      if last.count == 4 { hasBody = last == Array("POST".utf8) }
      if last.count > 64 { last.removeFirst(32) }
    }
    if hasBody { _ = unsafe read(connection, &byte, 1) }
  }
}
