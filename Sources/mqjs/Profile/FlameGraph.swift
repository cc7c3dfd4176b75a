import CommandSupport
import ReferenceEvaluator

/// A profile as a picture. Each frame is a bar, as wide as its share of the units; the frames that it called are above
/// it. The picture is a single SVG file for a browser. Hovering over a bar shows its numbers, and clicking it widens it
/// to the full width.
struct FlameGraph {
  private let root: GasProfile.Frame
  private let title: String

  private static let width = 1200
  private static let margin = 12
  private static let rowHeight = 20
  private static let headHeight = 64

  init(_ profile: GasProfile, title: String) {
    root = profile.root
    self.title = title
  }

  /// The SVG file. The same profile gives the same bytes.
  var svg: String {
    let total = root.units
    let depth = FlameGraph.depth(of: root)
    let height = FlameGraph.headHeight + (depth + 1) * FlameGraph.rowHeight + FlameGraph.margin
    var bars = ""
    add(root, from: 0, level: 0, depth: depth, total: total, to: &bars)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(FlameGraph.width)" height="\(height)" \
      viewBox="0 0 \(FlameGraph.width) \(height)">
      <style>\(FlameGraph.style)</style>
      <rect class="paper" width="100%" height="100%"/>
      <text class="title" x="\(FlameGraph.margin)" y="28">\(FlameGraph.escaped(title))</text>
      <text class="note" id="note" x="\(FlameGraph.margin)" y="48">\(ProfileFormat.grouped(total)) units of gas. \
      Click a bar to enlarge it, the lowest one to go back.</text>
      <g id="bars" data-left="\(FlameGraph.margin)" data-width="\(FlameGraph.width - 2 * FlameGraph.margin)">
      \(bars)</g>
      <script><![CDATA[\(FlameGraph.script)]]></script>
      </svg>

      """
  }

  private static func depth(of frame: GasProfile.Frame) -> Int {
    frame.callees.map { depth(of: $0) + 1 }.max() ?? 0
  }

  private func add(
    _ frame: GasProfile.Frame, from start: Int64, level: Int, depth: Int, total: Int64, to bars: inout String
  ) {
    let units = frame.units
    if units == 0 { return }
    let y = FlameGraph.headHeight + (depth - level) * FlameGraph.rowHeight
    let x = FlameGraph.pixels(start, of: total, offset: FlameGraph.margin)
    let width = FlameGraph.pixels(units, of: total, offset: 0)
    let name = FlameGraph.escaped(frame.title)
    let numbers = "\(ProfileFormat.grouped(units)) units, \(ProfileFormat.share(units, total))"
    bars += """
      <g class="bar" data-start="\(start)" data-units="\(units)" data-level="\(level)"><title>\(name)
      \(numbers); own: \(ProfileFormat.grouped(frame.ownUnits))</title>\
      <rect x="\(x)" y="\(y)" width="\(width)" height="\(FlameGraph.rowHeight - 1)" rx="2" fill="\(colour(of: frame))"/>\
      <text x="\(x)" dx="5" y="\(y + 14)">\(name)</text></g>

      """
    var next = start
    // Sorted by name instead of call order, so that a function is always in the same place.
    for callee in frame.callees.sorted(by: { $0.title < $1.title }) {
      add(callee, from: next, level: level + 1, depth: depth, total: total, to: &bars)
      next += callee.units
    }
  }

  /// A share of the picture's width, with three decimal places. It is computed with integers, so it is the same on
  /// every machine.
  private static func pixels(_ units: Int64, of total: Int64, offset: Int) -> String {
    let thousandths = Int64(offset) * 1000 + units * Int64(width - 2 * margin) * 1000 / max(1, total)
    let fraction = String(thousandths % 1000)
    return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
  }

  /// Warm for the program, cool for the library, grey for the host. The shade depends on the name.
  private func colour(of frame: GasProfile.Frame) -> String {
    var hash: UInt32 = 0x811c_9dc5
    for byte in frame.title.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    let shade = Int(hash >> 8 % 24)
    switch frame.kind {
    case .host: return "hsl(220 8% \(82 - shade % 6)%)"
    case .program: return "hsl(\(18 + shade % 24) 86% \(66 + shade % 9)%)"
    case .library: return "hsl(\(196 + shade % 24) 58% \(70 + shade % 9)%)"
    }
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in Console.visible(text) {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      default: escaped.append(character)
      }
    }
    return escaped
  }

  private static let style = """
    text { font: 12px ui-monospace, 'DejaVu Sans Mono', monospace; fill: #222; pointer-events: none; }
    .paper { fill: #fdfcfa; } .title { font-size: 16px; font-weight: 600; } .note { fill: #666; }
    .bar { cursor: pointer; } .bar:hover rect { stroke: #333; }
    """

  /// Scales the bars to the selected bar, and shortens the names to fit.
  private static let script = """

    const bars = document.getElementById("bars");
    const left = Number(bars.dataset.left), width = Number(bars.dataset.width);
    const frames = Array.from(bars.querySelectorAll(".bar"), (group) => ({
      group, rect: group.querySelector("rect"), text: group.querySelector("text"),
      name: group.querySelector("text").textContent,
      start: Number(group.dataset.start), units: Number(group.dataset.units), level: Number(group.dataset.level),
    }));
    const show = (chosen) => {
      for (const frame of frames) {
        const isAround = frame.level <= chosen.level && frame.start <= chosen.start
          && frame.start + frame.units >= chosen.start + chosen.units;
        const isInside = frame.level > chosen.level && frame.start >= chosen.start
          && frame.start + frame.units <= chosen.start + chosen.units;
        frame.group.style.display = isAround || isInside ? "" : "none";
        const from = isAround ? 0 : (frame.start - chosen.start) / chosen.units;
        const size = Math.max((isAround ? 1 : frame.units / chosen.units) * width - 1, 0.5);
        frame.rect.setAttribute("x", left + from * width);
        frame.rect.setAttribute("width", size);
        frame.rect.style.opacity = isAround && frame !== chosen ? 0.55 : 1;
        frame.text.setAttribute("x", left + from * width);
        const room = Math.floor((size - 8) / 7.3);
        frame.text.textContent = room >= frame.name.length ? frame.name
          : room > 3 ? frame.name.slice(0, room - 1) + "…" : "";
      }
    };
    for (const frame of frames) frame.group.addEventListener("click", () => show(frame));
    show(frames[0]);

    """
}
