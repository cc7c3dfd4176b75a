import Foundation

/// A small HTTP server in Python on this machine that logs every request. It ends with this object.
public final class LoopbackServer: Sendable {
  /// The port that it listens on.
  public let port: Int
  private let process: ChildProcess
  /// Keeps the folder with its files alive.
  private let folder: Workspace
  private let notes: URL

  /// Starts a server.
  ///
  /// - Parameters:
  ///   - folder: the folder for its files.
  ///   - certificate: a PEM file with certificate and key, in the folder, for a server with TLS.
  ///   - isMute: whether the server accepts connections but never reads from them or sends anything.
  public init(in folder: Workspace, certificate: String? = nil, isMute: Bool = false) throws {
    self.folder = folder
    let name = UUID().uuidString
    let script = try folder.write(LoopbackServer.script.utf8, to: "\(name).py")
    notes = folder.folder.appending(path: "\(name).notes")
    let ready = folder.folder.appending(path: "\(name).port")
    process = try ChildProcess(
      "python3", [script, ready.path, notes.path, certificate ?? "", isMute ? "mute" : ""], in: folder.folder)
    var found: Int?
    while found == nil, process.isRunning {
      usleep(20_000)
      found = (try? String(contentsOf: ready, encoding: .utf8)).flatMap { Int($0) }
    }
    guard let found else { throw CocoaError(.fileReadUnknown) }
    port = found
  }

  /// The process id.
  public var processID: Int32 { process.id }

  /// Stops the server.
  public func stop() { process.end() }

  /// The requests so far, one string for each: method, path, body.
  public var requests: [String] {
    ((try? String(contentsOf: notes, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
  }

  private static let script = #"""
    import http.server, json, os, socket, ssl, struct, sys, threading, time, urllib.parse

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        def log_message(self, *arguments): pass
        def answer(self, status, body=b"", headers={}):
            self.send_response(status)
            for name, value in headers.items(): self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD": self.wfile.write(body)
        def answer_raw(self, query):
            then = query.get("then", "close")
            self.wfile.write(bytes.fromhex(query.get("hex", "")) + b"x" * int(query.get("pad", 0)))
            self.wfile.flush()
            self.close_connection = True
            if then == "reset":
                # Closed without lingering, the connection ends in a reset, also if everything was read.
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                os.close(self.connection.detach())
            elif then == "hang": time.sleep(60)
        def handle_request(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            with lock, open(sys.argv[2], "a") as notes:
                notes.write(f"{self.command} {self.path} {body.decode()}\n")
            url = urllib.parse.urlsplit(self.path)
            query = dict(urllib.parse.parse_qsl(url.query))
            if url.path == "/echo":
                fields = {name.lower(): value for name, value in self.headers.items()}
                text = json.dumps({"method": self.command, "body": body.decode(), "headers": fields}, sort_keys=True)
                self.answer(200, text.encode(), {"X-Twice": "one", "Content-Type": "application/json"})
            elif url.path.endswith("/redirect"): self.answer(int(query.get("status", 302)), b"", {"Location": query["to"]})
            elif self.headers.get("X-Location") is not None and url.path == "/b/c/d;p":
                self.answer(302, b"", {"Location": self.headers["X-Location"]})
            elif url.path == "/loop": self.answer(302, b"", {"Location": "/loop"})
            elif url.path == "/big": self.answer(200, b"x" * int(query["bytes"]))
            elif url.path == "/slow":
                time.sleep(float(query["seconds"]))
                self.answer(200, b"late")
            elif url.path == "/bytes": self.answer(200, b"\xff\xfe")
            elif url.path == "/raw": self.answer_raw(query)
            else: self.answer(200 if url.path == "/" or url.path.startswith("/item") else 404, url.path.encode())
        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = handle_request

    def follow(parent):
        # Whoever started the server may be killed, and then ends it no more.
        while os.getppid() == parent: time.sleep(0.2)
        os._exit(0)

    threading.Thread(target=follow, args=(os.getppid(),), daemon=True).start()
    lock = threading.Lock()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if sys.argv[3]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[3])
        server.socket = context.wrap_socket(server.socket, server_side=True)
    with open(sys.argv[1] + ".new", "w") as ready: ready.write(str(server.server_port))
    os.rename(sys.argv[1] + ".new", sys.argv[1])
    while sys.argv[4]: time.sleep(60)
    server.serve_forever()
    """#
}
