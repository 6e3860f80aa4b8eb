// A virtual X display with a keyboard: Chromium's own menus and shortcuts lie outside every page, so only real keys reach them.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Readable } from 'node:stream';

const WIDTH = 1280;
const HEIGHT = 900;
const BYTES_PER_PIXEL = 4;

export interface Display {
  /** As in the DISPLAY variable. */
  name: string;
  /** Presses keys (X keysyms joined by +) one after the other. */
  press(...keys: string[]): void;
  /** Types a text, letter by letter. */
  type(text: string): void;
  /** Moves the pointer away: a menu that opens under it has its item there chosen already. */
  parkPointer(): void;
  /**
   * Does something that opens a menu, and waits until the menu has drawn itself. Its window alone is there too soon: the first key
   * would be lost.
   */
  openMenu(open: () => Promise<void>): Promise<void>;
  close(): void;
}

export async function openDisplay(): Promise<Display> {
  const folder = mkdtempSync(join(tmpdir(), 'display-'));
  const screen = ['-screen', '0', `${WIDTH}x${HEIGHT}x24`, '-fbdir', folder];
  const server = spawn('Xvfb', ['-displayfd', '3', ...screen, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = (await Promise.race([
    once(server.stdio[3] as Readable, 'data'),
    once(server, 'exit').then(() => Promise.reject(new Error('Xvfb ended at once'))),
  ])) as [Buffer];
  const name = `:${number.toString().trim()}`;
  const xdotool = (...args: string[]) =>
    execFileSync('xdotool', args, { env: { ...process.env, DISPLAY: name }, encoding: 'utf8' });
  const windows = (): string[] => {
    try {
      return xdotool('search', '--onlyvisible', '--name', '.*').trim().split('\n');
    } catch {
      // A window that goes while xdotool looks at it ends xdotool.
      return windows();
    }
  };
  const pixels = () => {
    const dump = readFileSync(join(folder, 'Xvfb_screen0'));
    // A header and the colours come first.
    return new Uint32Array(dump.buffer, dump.byteOffset + dump.length - WIDTH * HEIGHT * BYTES_PER_PIXEL);
  };
  return {
    name,
    press: (...keys) => void xdotool('key', ...keys),
    type: (text) => void xdotool('type', text),
    parkPointer: () => {
      // Twice, because a pointer that is there already tells no window that it has left.
      xdotool('mousemove', '1270', '890', 'mousemove', '1279', '899');
    },
    openMenu: async (open) => {
      const before = { windows: windows(), pixels: pixels() };
      await open();
      let menu: string | undefined;
      // In turns of their own, so that a test whose menu never comes still times out.
      while (!menu) menu = (await afterTurn(windows)).find((id) => !before.windows.includes(id));
      const place = placeOf(xdotool('getwindowgeometry', '--shell', menu));
      while (!isDrawn(place, before.pixels, await afterTurn(pixels)));
    },
    close: () => {
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function afterTurn<T>(look: () => T): Promise<T> {
  await setImmediate();
  return look();
}

interface Place {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** From what xdotool prints: a line `NAME=number` for each. */
function placeOf(geometry: string): Place {
  const number = (name: string) => Number(new RegExp(`^${name}=(.*)$`, 'm').exec(geometry)?.[1]);
  return { left: number('X'), top: number('Y'), width: number('WIDTH'), height: number('HEIGHT') };
}

/** True where a window's place shows neither what was there before nor one colour. */
function isDrawn({ left, top, width, height }: Place, before: Uint32Array, now: Uint32Array): boolean {
  const rows = Array.from({ length: height }, (_, row) => (top + row) * WIDTH + left);
  const colours = new Set(rows.flatMap((start) => [...now.subarray(start, start + width)]));
  const isChanged = rows.some((start) =>
    now.subarray(start, start + width).some((pixel, i) => pixel !== before[start + i]),
  );
  return isChanged && colours.size > 2;
}
