import { expect, test } from 'vitest';
import { choosingTranslation } from '../../../lib/engine/choosing-translation.ts';
import { canTranslate, type NativeTranslators } from '../../../lib/model/browser-translator.ts';
import type { TaskEvent } from '../../../lib/protocol.ts';
import { summarizeTask, translateTask } from '../../fakes/article.ts';
import { FakeEngine, SCRIPT } from '../../fakes/engine.ts';
import { collect, drain, forever } from '../../fakes/events.ts';

/** A browser that knows English to French, and has to download German first. */
function browserWith(
  translate: (text: string, signal: AbortSignal) => Promise<string>,
): NativeTranslators & { made: number } {
  return {
    made: 0,
    availability: ({ sourceLanguage, targetLanguage }) => {
      if (sourceLanguage === 'x') return Promise.reject(new RangeError('bad tag'));
      const states = new Map([
        ['en-fr', 'available'],
        ['en-de', 'downloadable'],
      ] as const);
      return Promise.resolve(states.get(`${sourceLanguage}-${targetLanguage}` as 'en-fr') ?? 'unavailable');
    },
    create() {
      this.made++;
      return Promise.resolve({
        translate: (text: string, { signal }: { signal: AbortSignal }) => translate(text, signal),
        destroy: () => undefined,
      });
    },
  };
}

const task = (to: string, by?: 'browser') => ({
  ...translateTask(['The sea is calm.', 'The wind is cold.']),
  pair: { from: 'en', to },
  ...(by && { by }),
});

const textsOf = (events: TaskEvent[]) =>
  events.flatMap((event) => (event.kind === 'translation' ? [event.translation.text] : []));

const FRENCH: Record<string, string> = {
  'The sea is calm.': 'La mer est calme.',
  'The wind is cold.': 'Le vent est froid.',
};

test('the browser translates what it can and was chosen for; one translator does all', async () => {
  const own = new FakeEngine();
  const native = browserWith((text) => Promise.resolve(FRENCH[text]));
  const engine = choosingTranslation(own, native);
  for (let time = 0; time < 2; time++) {
    const events = await drain(engine.run(task('fr', 'browser'), forever()));
    expect(textsOf(events)).toEqual(Object.values(FRENCH));
    expect(events.at(-1)).toMatchObject({ kind: 'done' });
  }
  expect(own.tasks).toEqual([]);
  expect(native.made).toBe(1);
});

test('everything else is for our own models', async () => {
  const own = new FakeEngine();
  const engine = choosingTranslation(
    own,
    browserWith(() => Promise.reject(new Error('not asked for'))),
  );
  const tasks = [task('fr'), task('de', 'browser'), task('it', 'browser'), summarizeTask()];
  for (const each of tasks) expect(await drain(engine.run(each, forever()))).toEqual(SCRIPT);
  expect(own.tasks).toEqual(tasks);
  expect(
    await canTranslate(
      { from: 'x', to: 'fr' },
      browserWith(() => Promise.resolve('')),
    ),
  ).toBe(false);
});

test('where the browser has no translator, there are our own models', () => {
  const own = new FakeEngine();
  expect(choosingTranslation(own, undefined)).toBe(own);
});

test('what the browser throws has a code; an abort stops it', async () => {
  const failing = choosingTranslation(
    new FakeEngine(),
    browserWith(() => Promise.reject(new Error('out of luck'))),
  );
  expect((await collect(failing.run(task('fr', 'browser'), forever()))).error).toMatchObject({ code: 'load-failed' });

  const stop = new AbortController();
  const slow = choosingTranslation(
    new FakeEngine(),
    browserWith(
      (_, signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
          stop.abort();
        }),
    ),
  );
  expect((await collect(slow.run(task('fr', 'browser'), stop.signal))).error).toMatchObject({ code: 'aborted' });
});
