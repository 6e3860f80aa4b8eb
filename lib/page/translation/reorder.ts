// Puts nodes of one parent into an order, moving as few as possible: what moves may lose focus, playback or a frame's content.

/** After it, `nodes` (children of `parent`) follow each other in this order; other children stay between them. */
export function reorder(parent: Node, nodes: readonly Node[]): void {
  const places = placesOf(parent, nodes);
  const current = nodes.map((node) => places.get(node)!);
  if (current.every((place, index) => index === 0 || current[index - 1] < place)) return;
  const staying = longestRise(current);
  let first = nodes.reduce((a, b) => (places.get(a)! < places.get(b)! ? a : b));
  nodes.forEach((node, index) => {
    if (staying.has(index)) return;
    if (index > 0) moveBefore(parent, node, nodes[index - 1].nextSibling);
    else if (node !== first) moveBefore(parent, node, first);
    first = nodes[0];
  });
}

function placesOf(parent: Node, nodes: readonly Node[]): Map<Node, number> {
  const wanted = new Set(nodes);
  const places = new Map<Node, number>();
  for (let node = parent.firstChild; node && places.size < wanted.size; node = node.nextSibling) {
    if (wanted.has(node)) places.set(node, places.size);
  }
  return places;
}

/** Indices of a longest increasing subsequence (patience sorting). */
function longestRise(values: number[]): Set<number> {
  const tails: number[] = [];
  const before = values.map(() => -1);
  values.forEach((value, index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[tails[middle]] < value) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before[index] = tails[low - 1];
    tails[low] = index;
  });
  const rise = new Set<number>();
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index]) rise.add(index);
  return rise;
}

type Movable = Node & { moveBefore?: (node: Node, before: Node | null) => void };

/** `moveBefore` keeps the state of what it moves, where the browser has it. */
function moveBefore(parent: Movable, node: Node, before: Node | null): void {
  if (node === before || node.nextSibling === before) return;
  if (parent.moveBefore && parent.isConnected) parent.moveBefore(node, before);
  else parent.insertBefore(node, before);
}
