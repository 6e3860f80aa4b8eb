import { describe, expect, it } from 'vitest';
import { placeCard, type Box, type Place } from '../../../lib/page/card/place.ts';

const view = (width: number, height: number): Box => ({ left: 0, top: 0, right: width, bottom: height });
const text = (left: number, top: number, width: number, height: number): Box => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

/** Where it lies when it is as high as it may be. */
function boxOf({ side, left, edge, width, maxHeight }: Place): Box {
  const upwards = side === 'above' || side === 'docked';
  return upwards ? text(left, edge - maxHeight, width, maxHeight) : text(left, edge, width, maxHeight);
}

const isInside = (box: Box, around: Box) =>
  box.left >= around.left && box.top >= around.top && box.right <= around.right && box.bottom <= around.bottom;
const overlaps = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

describe('a card', () => {
  it('stands below the text, from where the text begins', () => {
    expect(placeCard(text(100, 50, 200, 20), view(1000, 800))).toMatchObject({ side: 'below', left: 100, edge: 78 });
  });

  it('stands above it where there is too little room below', () => {
    expect(placeCard(text(100, 700, 200, 20), view(1000, 800))).toMatchObject({ side: 'above', left: 100, edge: 692 });
  });

  it('stands beside a text that fills the window’s height', () => {
    const place = placeCard(text(40, -500, 500, 2000), view(1000, 600));
    expect(place).toMatchObject({ side: 'beside', left: 548, edge: 8 });
    expect(placeCard(text(460, -500, 500, 2000), view(1000, 600))).toMatchObject({ side: 'beside', left: 32 });
  });

  it('is docked at the lower end where the text leaves no room at all, and leaves the upper half free', () => {
    const place = placeCard(text(0, -500, 400, 2000), view(400, 600));
    expect(place.side).toBe('docked');
    expect(boxOf(place).top).toBeGreaterThanOrEqual(300);
  });

  it('keeps its side while there is room there', () => {
    const later = text(100, 500, 200, 20);
    expect(placeCard(later, view(1000, 800)).side).toBe('below');
    expect(placeCard(later, view(1000, 800), 'above').side).toBe('above');
    expect(placeCard(text(100, 40, 200, 20), view(1000, 800), 'above').side).toBe('below');
  });

  it('waits at the edge where its text has gone', () => {
    expect(placeCard(text(100, -900, 200, 20), view(1000, 800))).toMatchObject({ side: 'below', edge: 8 });
    expect(placeCard(text(100, 2000, 200, 20), view(1000, 800))).toMatchObject({ side: 'above', edge: 792 });
  });

  it('keeps inside what a pinch has left of the window', () => {
    const zoomed = { left: 300, top: 200, right: 700, bottom: 700 };
    expect(isInside(boxOf(placeCard(text(280, 300, 100, 20), zoomed)), zoomed)).toBe(true);
  });

  it.each([
    [280, 400],
    [280, 900],
    [800, 300],
    [800, 600],
    [1600, 1000],
  ])('is never off a window of %i × %i, nor over a text of up to five lines in it', (width, height) => {
    const around = view(width, height);
    let placed = 0;
    for (let left = -100; left <= width; left += 35) {
      for (let top = -60; top <= height + 60; top += 13) {
        for (const size of [
          [60, 20],
          [240, 40],
          [width - 20, 100],
        ]) {
          const box = text(left, top, size[0], size[1]);
          const place = placeCard(box, around);
          const lies = boxOf(place);
          const where = JSON.stringify({ box, place });
          expect(isInside(lies, around), where).toBe(true);
          if (place.side !== 'docked') expect(overlaps(lies, box), where).toBe(false);
          else expect(height, where).toBeLessThan(450);
          placed++;
        }
      }
    }
    expect(placed).toBeGreaterThan(1000);
  });
});
