internal import Engine
internal import FuzzSupport
internal import Glibc
internal import Host
internal import OperatingSystem
internal import SQLite
internal import Snapshot

/// Damaged records. The first byte of an input chooses what is damaged; the rest is an audit log, or changes of a journal
/// or of its intents: a place (3 bytes) and the byte that is put there.
@_cdecl("fuzz_records_main")
func main() -> Int32 {
  unsafe fuzz { start, count in
    let input = unsafe bytes(start, count)
    switch input.first.map({ $0 % 4 }) {
    case 0: verify(Array(input.dropFirst()))
    case 1: verify(changed(template.audit, by: input.dropFirst()))
    case 2: open(journal: changed(template.journal, by: input.dropFirst()), intents: template.intents)
    case 3: open(journal: template.journal, intents: changed(template.intents, by: input.dropFirst()))
    default: break
    }
    return 0
  }
}

private func verify(_ log: [UInt8]) {
  let verification = AuditVerification(of: log, key: nil)
  precondition(
    verification.findings.isEmpty || verification.findingCount >= verification.findings.count, "findings are miscounted"
  )
}

/// What the names of a journal's files end in.
private let journalEnds = ["", "-wal", "-shm", "-intents", "-claims"]

/// Opens a journal to read it and to continue it, and runs its requests again.
private func open(journal: [UInt8], intents: [UInt8]) {
  let path = "\(folder)/work.db"
  for end in journalEnds { SystemFile.remove(path + end) }
  put(journal, at: path)
  put(intents, at: path + "-intents")
  read(path)
  do {
    _ = try openedJournal(path, .writing)
  } catch {
    // It is refused.
  }
}

@inline(never)
private func openedJournal(_ path: String, _ mode: SQLiteConnection.Mode) throws -> Journal {
  try Journal(try DatabaseFile(path, mode))
}

/// Reads a journal to its end, and runs its requests again.
@inline(never)
private func read(_ path: String) {
  do {
    let reader = JournalReader(try DatabaseFile(path, .reading))
    try reader.check()
    try reader.forEachRequest(runAgain)
    _ = try reader.lostRecords()
  } catch {
    // It is refused.
  }
}

@inline(never)
private func runAgain(_ row: JournalRow) throws(HostFault) {
  var replay = Replay(hostKey: nil, allowsUnlocked: true, makePool: pool)
  do {
    _ = try replay.run(row)
  } catch {
    // Its record can't be run.
  }
}

@inline(never)
private func pool(_ budgets: MachineLayout.Budgets) throws(SnapshotError) -> SandboxPool {
  try SandboxPool(try VerifiedSnapshot(compiledHere: template.image, path: "fuzz"), budgets: budgets)
}

private func put(_ bytes: [UInt8], at path: String) {
  do { try SystemFile.write(bytes, to: path, placement: .exclusive) } catch { preconditionFailure(error.message) }
}

/// The file with bytes replaced.
private func changed(_ file: [UInt8], by changes: ArraySlice<UInt8>) -> [UInt8] {
  var file = file
  let changes = Array(changes)
  for start in stride(from: 0, to: changes.count - 3, by: 4) {
    let place = Int(changes[start]) << 16 | Int(changes[start + 1]) << 8 | Int(changes[start + 2])
    if !file.isEmpty { file[place % file.count] = changes[start + 3] }
  }
  return file
}

/// In memory, if the system has such a folder.
private let folder: String = {
  let base = SystemFile.exists("/dev/shm") ? "/dev/shm" : "/tmp"
  let path = "\(base)/fuzz-records-\(getpid())"
  precondition(unsafe mkdir(path, 0o700) == 0, "\(path) can't be made")
  atexit {
    for name in ["work.db", "template.db"] {
      for end in journalEnds { SystemFile.remove("\(folder)/\(name)\(end)") }
    }
    SystemFile.remove("\(folder)/audit.log")
    unsafe rmdir(folder)
  }
  return path
}()

/// The files of a host that has answered requests.
private struct Template {
  let image: [UInt8]
  let journal: [UInt8]
  let intents: [UInt8]
  let audit: [UInt8]
}

private let template: Template = {
  let image = compiled(
    "export default function (request) { return [Random.int(0, request), Uuid.v4(), Log.info(\"x\")]; }")
  let path = "\(folder)/template.db"
  do {
    try answerRequests(image, recordingTo: path)
    return Template(
      image: image, journal: try SystemFile.read(path, limit: 1 << 24),
      intents: try SystemFile.read(path + "-intents", limit: 1 << 24),
      audit: try SystemFile.read("\(folder)/audit.log", limit: 1 << 24))
  } catch {
    preconditionFailure("the template can't be made: \(error)")
  }
}()

private func answerRequests(_ image: [UInt8], recordingTo path: String) throws {
  let pool = try SandboxPool(try VerifiedSnapshot(compiledHere: image, path: "fuzz"))
  let audit = try AuditLog("\(folder)/audit.log")
  let host = try RequestHost(
    pool: pool, grants: Grants([RandomEffect(), UuidEffect(), LogEffect { _ in }]),
    journal: try openedJournal(path, .creating), audit: audit)
  for number in 0..<4 {
    let identity = RequestIdentity(requestID: "\(number)", accountID: "a", functionVersion: "1")
    let request = SecretBytes(copying: Array("\(number)".utf8))
    _ = try host.answer(request, identity: identity, gasLimit: .standard, isNewAttempt: false)
  }
  try audit.close()
}
