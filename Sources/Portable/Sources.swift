internal import Compiler
internal import Engine

/// The files of a program, as a message brings them: the entry file first, then all others.
struct Sources {
  private struct File {
    let path: [UInt8]
    let text: [UInt8]
  }

  private let files: [File]
  private let hostEffects: [HostEffect]
  private let strips: Bool

  /// What a build came to.
  enum BuildResult {
    case image([UInt8])
    /// The answer that says why there is none.
    case rejected([UInt8])
  }

  /// A list of files (path and text), a list of effects of the host's own (name and a list of operations), and whether
  /// names and positions are left out.
  init(_ reader: inout MessageReader) {
    files = reader.list { File(path: $0.text(), text: $0.text()) }
    hostEffects = reader.list { reader -> HostEffect? in
      let effect = HostEffect(name: reader.text(), operations: reader.list { $0.text() })
      if effect == nil { reader.refuse() }
      return effect
    }.compactMap { $0 }
    strips = reader.byte() != 0
  }

  /// The snapshot, or the diagnostics.
  func build() -> BuildResult {
    guard let analysis = analyze() else { return .rejected(Portable.refusal("NoFiles")) }
    guard let program = analysis.program else { return .rejected(answer(analysis.diagnostics, analysis)) }
    switch ProgramGenerator.build(program, sources: analysis.sources, options: .init(strips: strips)) {
    case .image(let image): return .image(image)
    case .diagnostics(let diagnostics): return .rejected(answer(diagnostics, analysis))
    }
  }

  /// An answer with the snapshot.
  func built() -> [UInt8] {
    switch build() {
    case .rejected(let answer): return answer
    case .image(let image):
      var writer = MessageWriter()
      writer.put(byte: Portable.AnswerStatus.success.rawValue)
      writer.put(text: image)
      return writer.bytes
    }
  }

  /// An answer with all diagnostics, errors and warnings.
  func checked() -> [UInt8] {
    guard let analysis = analyze() else { return Portable.refusal("NoFiles") }
    return answer(analysis.diagnostics, analysis)
  }

  /// An answer with a profile of the program, or with its diagnostics.
  func profiled(_ profile: Profile) -> [UInt8] {
    guard let analysis = analyze() else { return Portable.refusal("NoFiles") }
    guard let program = analysis.program else { return answer(analysis.diagnostics, analysis) }
    return profile.answer(program, analysis.sources)
  }

  private func analyze() -> FrontEnd.Analysis? {
    guard let entry = files.first else { return nil }
    return FrontEnd.analyze(entry: entry.path, source: entry.text, hostEffects: hostEffects) { path in
      for file in files where file.path == path { return .text(file.text) }
      return .missing
    }
  }

  /// The diagnostics as JSON and as text. The status says whether there are errors.
  private func answer(_ diagnostics: [Diagnostic], _ analysis: FrontEnd.Analysis) -> [UInt8] {
    var renderer = DiagnosticRenderer(sources: analysis.sources)
    var writer = MessageWriter()
    let status = diagnostics.hasErrors ? Portable.AnswerStatus.rejected : .success
    writer.put(byte: status.rawValue)
    writer.put(text: renderer.json(diagnostics))
    writer.put(text: renderer.text(diagnostics))
    return writer.bytes
  }
}
