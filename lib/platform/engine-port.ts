// The way to the engine's host, from any context of the extension: one port per task.
import { browser } from 'wxt/browser';
import type { Port } from '../engine/port.ts';
import { send } from './messaging.ts';
import { hostAnswers } from './ping-host.ts';

export const ENGINE_PORT = 'engine';

/** Throws `timed-out`, `load-failed`, `host-gone`. */
export async function startHostWhereNeeded(): Promise<void> {
  if (!(await hostAnswers())) await send('ensureHost');
}

/** Starts the host where needed. Throws as that does. */
export async function openEnginePort(): Promise<Port> {
  await startHostWhereNeeded();
  return browser.runtime.connect({ name: ENGINE_PORT });
}
