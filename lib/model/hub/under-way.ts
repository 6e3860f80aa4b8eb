// Which models are being downloaded, told to all pages of the extension by locks: they go with the worker that holds them.

const PREFIX = 'download ';

/** Runs while the model of that id is said to be on its way. */
export async function* underWay<T>(id: string, run: () => AsyncIterable<T>): AsyncGenerator<T, void, void> {
  let release: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (release = resolve));
  const held = navigator.locks.request(PREFIX + id, { mode: 'shared' }, () => done);
  try {
    yield* run();
  } finally {
    release();
    await held;
  }
}

/** The ids of those models. */
export async function downloadsUnderWay(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query();
  const names = held.map(({ name = '' }) => name).filter((name) => name.startsWith(PREFIX));
  return new Set(names.map((name) => name.slice(PREFIX.length)));
}
