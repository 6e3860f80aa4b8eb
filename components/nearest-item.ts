// Where an arrow key leads among items that lie in rows and columns, wherever the layout has put them.

const STEPS: Record<string, { x: number; y: number } | undefined> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The item to go to from `from`; null where the key leads nowhere. Home and End lead to the first and the last. */
export function nearestItem(items: readonly HTMLElement[], from: HTMLElement, key: string): HTMLElement | null {
  if (key === 'Home') return items.at(0) ?? null;
  if (key === 'End') return items.at(-1) ?? null;
  const step = STEPS[key];
  if (!step) return null;
  const at = middleOf(from);
  let nearest: HTMLElement | null = null;
  let least = Infinity;
  for (const item of items) {
    const { x, y } = middleOf(item);
    const [along, across] = step.x === 0 ? [(y - at.y) * step.y, x - at.x] : [(x - at.x) * step.x, y - at.y];
    // What lies off the way counts more, so that down is down before it is aside.
    const distance = along + 2 * Math.abs(across);
    if (along < 1 || distance >= least || (step.y === 0 && Math.abs(across) > 4)) continue;
    [nearest, least] = [item, distance];
  }
  return nearest;
}

function middleOf(item: HTMLElement): { x: number; y: number } {
  const { left, right, top, bottom } = item.getBoundingClientRect();
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}
