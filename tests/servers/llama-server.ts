// llama.cpp's own server with the packaged model, as a program of its own (scripts/setup/llama-server.ts gets it).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';
import { DEFAULT_MODEL } from '../../lib/model/catalog.ts';
import { PYTHON } from '../../scripts/setup/wheel.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** As it names the model: by its file. */
export const MODEL_FILE = resolve(ROOT, '.cache/models', DEFAULT_MODEL.weights.name);

export interface LlamaServer {
  /** 'http://127.0.0.1:port/v1' */
  address: string;
  host: string;
  /** Whether it computes at this moment, by its own word. */
  isWriting(): Promise<boolean>;
  /** How many answers it has broken off because nobody was there any more, by its own log. */
  brokenOff(): number;
  /** Holds it where it is, as a slow machine would. */
  pause(): void;
  resume(): void;
  /** Ends the program without a word. */
  kill(): Promise<void>;
}

/** Resolves when the model is loaded. */
export async function startLlamaServer(folder: string, key: string): Promise<LlamaServer> {
  const program = spawn(PYTHON, [resolve(import.meta.dirname, 'llama-server.py'), MODEL_FILE, key], {
    env: { ...process.env, PYTHONPATH: folder },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(program, 'exit');
  let log = '';
  program.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  let base: string | undefined;
  for await (const line of createInterface(program.stdout)) {
    base = /^listening at (\S+)/.exec(line)?.[1];
    if (base) break;
  }
  if (!base) throw new Error(`llama.cpp’s server has ended before it listened:\n${log}`);
  const slots = async () => {
    const answer = await fetch(`${base}/slots`, { headers: { authorization: `Bearer ${key}` } });
    return (await answer.json()) as { is_processing: boolean }[];
  };
  return {
    address: `${base}/v1`,
    host: new URL(base).host,
    isWriting: async () => (await slots()).some(({ is_processing }) => is_processing),
    brokenOff: () => log.match(/cancel task/g)?.length ?? 0,
    pause: () => program.kill('SIGSTOP'),
    resume: () => program.kill('SIGCONT'),
    kill: async () => {
      program.kill('SIGKILL');
      await ended;
    },
  };
}
