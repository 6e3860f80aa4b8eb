// Colours as computed style writes them: can text of one be told from a ground of another?

export interface Colour {
  red: number;
  green: number;
  blue: number;
  /** 0 (transparent) to 1. */
  alpha: number;
}

/** Channels closer than this (of 255) cannot be told apart in text. */
const INDISTINCT = 16;
/** Text fainter than this is not seen. */
const FAINT = 0.1;

const parsed = new Map<string, Colour | null>();

/** `rgb()`, `rgba()` and `color(srgb ...)` as computed style serializes them; null for what else there is. */
export function parseColour(text: string): Colour | null {
  let colour = parsed.get(text);
  if (colour === undefined) {
    colour = parse(text);
    if (parsed.size > 1000) parsed.clear();
    parsed.set(text, colour);
  }
  return colour;
}

function parse(text: string): Colour | null {
  if (text === 'transparent') return { red: 0, green: 0, blue: 0, alpha: 0 };
  const match = /^(rgba?\(|color\(srgb )([^)]*)\)$/.exec(text);
  const parts = match?.[2].split(/[\s,/]+/).map(Number);
  if (!match || !parts || parts.length < 3 || parts.some(Number.isNaN)) return null;
  const scale = match[1].startsWith('rgb') ? 1 : 255;
  return { red: parts[0] * scale, green: parts[1] * scale, blue: parts[2] * scale, alpha: parts[3] ?? 1 };
}

/** True where text of this colour is not seen, whatever is behind it. */
export function isTransparent(text: string): boolean {
  const colour = parseColour(text);
  if (colour) return colour.alpha < FAINT;
  const alpha = /\/\s*([\d.]+)\)$/.exec(text);
  return alpha !== null && Number(alpha[1]) < FAINT;
}

/** True where text of the first colour cannot be told from a ground of the second. */
export function isIndistinct(text: string, ground: string): boolean {
  const front = parseColour(text);
  const back = parseColour(ground);
  if (!front || !back) return text === ground;
  const distance = Math.max(
    Math.abs(front.red - back.red),
    Math.abs(front.green - back.green),
    Math.abs(front.blue - back.blue),
  );
  return distance * front.alpha < INDISTINCT;
}
