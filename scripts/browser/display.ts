// A virtual X display with a keyboard: Chromium's own menus and shortcuts lie outside every page, so only real keys reach them.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

export interface Display {
  /** As in the DISPLAY variable. */
  name: string;
  /** Presses keys (X keysyms joined by +) one after the other. */
  press(...keys: string[]): void;
  /** Moves the pointer away: a menu that opens under it has its item there chosen already. */
  parkPointer(): void;
  /** Ids of the windows on the screen, menus included. */
  windows(): string[];
  close(): void;
}

export async function openDisplay(): Promise<Display> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = (await Promise.race([
    once(server.stdio[3] as Readable, 'data'),
    once(server, 'exit').then(() => Promise.reject(new Error('Xvfb ended at once'))),
  ])) as [Buffer];
  const name = `:${number.toString().trim()}`;
  const xdotool = (...args: string[]) =>
    execFileSync('xdotool', args, { env: { ...process.env, DISPLAY: name }, encoding: 'utf8' });
  return {
    name,
    press: (...keys) => void xdotool('key', ...keys),
    parkPointer: () => {
      // Twice, because a pointer that is there already tells no window that it has left.
      xdotool('mousemove', '1270', '890', 'mousemove', '1279', '899');
    },
    windows: () => xdotool('search', '--onlyvisible', '--name', '.*').trim().split('\n'),
    close: () => server.kill(),
  };
}
