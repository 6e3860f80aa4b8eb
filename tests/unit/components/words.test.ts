import { describe, expect, it, vi } from 'vitest';
import { announcement } from '../../../components/announcement.ts';
import { numberSources, sourceKey } from '../../../components/citations.ts';
import { doubtText } from '../../../components/doubts.ts';
import { failureFace } from '../../../components/failure.ts';
import * as format from '../../../components/format.ts';
import { pastedArticle } from '../../../components/pasted-article.ts';
import { plainText } from '../../../components/plain-text.ts';
import { EMPTY, next, type Action, type Run, type View } from '../../../components/view.ts';
import { ERROR_CODES } from '../../../lib/errors.ts';
import type { SummarizeTask, TaskEvent } from '../../../lib/protocol.ts';
import { ARTICLE, COVERAGE, quote, written } from './samples.ts';

vi.mock('wxt/browser', () => import('./catalogue.ts'));

const TASK: SummarizeTask = {
  kind: 'summarize',
  article: ARTICLE,
  type: 'key-points',
  length: 'short',
  compose: 'requested',
};
const BACKEND: TaskEvent = { kind: 'backend', model: 'SmolLM2 135M', device: 'cpu', threads: 2 };
const QUOTES: TaskEvent = { kind: 'quotes', quotes: [quote(0), quote(1)], coverage: COVERAGE };
const DOUBTED = written('It took 41 years.', { support: 'unsupported', sources: [], doubts: ['number', 'similarity'] });

function play(...events: TaskEvent[]): View {
  const begin: Action = { kind: 'begin', subject: { scope: 'page' }, task: TASK };
  return events.reduce((view, event) => next(view, { kind: 'event', event }), next(EMPTY, begin));
}

const runOf = (view: View): Run => (view as { run: Run }).run;

describe('numbers', () => {
  it('round the time left, the more the longer it is', () => {
    const texts = [0, 900, 4200, 12_000, 19_900, 54_000, 61_000, 900_000].map(format.formatTimeLeft);
    expect(texts).toEqual([
      'about 1 s',
      'about 1 s',
      'about 5 s',
      'about 15 s',
      'about 20 s',
      'about 55 s',
      'about 2 min',
      'about 15 min',
    ]);
  });

  it('carry their units, in the singular too', () => {
    expect(format.formatWords(12_400)).toBe('12,400 words');
    expect(format.formatWords(1)).toBe('1 word');
    expect(format.formatThreads(1)).toBe('1 thread');
    expect(format.formatLoaded(45_400_000, 98_362_432)).toBe('45 of 98 MB');
    expect([430, 2140, 12_300, 190_000].map(format.formatDuration)).toEqual(['0.4 s', '2.1 s', '12 s', '3 min']);
  });
});

describe('source numbers', () => {
  it('go by first mention and stay when statements are added', () => {
    const three = written('x', { sources: [...quote(2).sources, ...quote(0).sources] });
    const numbers = numberSources([quote(0), quote(1), three]);
    expect([0, 1, 2].map((index) => numbers.get(sourceKey(quote(index).sources[0])))).toEqual([1, 2, 3]);
    expect([...numberSources([quote(0), quote(1), three, quote(3)])].slice(0, 3)).toEqual([...numbers]);
  });
});

describe('a doubt', () => {
  it('is said with all its reasons, and only where there is one', () => {
    expect(doubtText(quote(0))).toBe('');
    expect(doubtText(written('x'))).toBe('');
    expect(doubtText(DOUBTED)).toBe('Unsure: a number is not on the page and nothing on the page says this');
    expect(doubtText({ ...DOUBTED, doubts: [] })).toBe('Unsure: nothing on the page says this');
    expect(doubtText({ ...DOUBTED, doubts: ['name'] })).toBe('Unsure: a name is not on the page');
  });
});

describe('the plain text', () => {
  it('keeps apart what the page says and what the model wrote, and says what is unsure', () => {
    const view = play(BACKEND, QUOTES, { kind: 'statement', statement: DOUBTED });
    expect(plainText(runOf(view), null)).toBe(
      [
        'Why the tides run late',
        'https://example.org/tides',
        '',
        'The page’s own words:',
        `- ${quote(0).text}`,
        `- ${quote(1).text}`,
        '',
        'Written by SmolLM2 135M, checked against the page:',
        '- It took 41 years. [Unsure: a number is not on the page and nothing on the page says this]',
      ].join('\n'),
    );
  });

  it('names the page’s own description', () => {
    const description = written('All about tides.', { support: 'quoted', origin: 'description', sources: [] });
    const view = play({ kind: 'quotes', quotes: [description, quote(0)], coverage: COVERAGE });
    expect(plainText(runOf(view), null)).toContain(
      'The page’s own description:\n- All about tides.\n\nThe page’s own words:',
    );
  });
});

describe('what a screen reader is told', () => {
  it('is each sentence once, with its name before the first', () => {
    const empty = play();
    const quoted = play(BACKEND, QUOTES);
    expect(announcement(empty, quoted)).toBe(`The page’s own words: ${quote(0).text} ${quote(1).text}`);
    const one = next(quoted, { kind: 'event', event: { kind: 'statement', statement: written('First.') } });
    expect(announcement(quoted, one)).toBe('Written by SmolLM2 135M, checked against the page: First.');
    const two = next(one, { kind: 'event', event: { kind: 'statement', statement: DOUBTED } });
    expect(announcement(one, two)).toMatch(/^Unsure: .*\. It took 41 years\.$/);
  });

  it('is nothing for tokens, progress and quotes that stand there already', () => {
    const before = play(QUOTES);
    const events: TaskEvent[] = [
      { kind: 'delta', text: 'The tide' },
      { kind: 'progress', phase: 'writing', fraction: 0.5 },
      { kind: 'quotes', quotes: [quote(0), quote(1)], coverage: COVERAGE },
    ];
    for (const event of events) expect(announcement(before, next(before, { kind: 'event', event }))).toBe('');
  });

  it('is how it ended', () => {
    const before = play(QUOTES);
    const end = (code: 'aborted' | 'restricted-page') => next(before, { kind: 'end', error: { code, detail: '' } });
    expect(announcement(before, end('aborted'))).toBe('Stopped');
    expect(announcement(before, end('restricted-page'))).toBe('The browser lets no extension read this page.');
    expect(announcement(before, play(QUOTES, { kind: 'done', finishReason: 'stop', metrics: null }))).toBe('Done');
  });
});

describe('a failure', () => {
  it.each(ERROR_CODES)('%s says what happened and what to do', (code) => {
    const { what, advice } = failureFace(code);
    expect(what).toMatch(/\.$/);
    expect(advice).toMatch(/\.$/);
  });
});

describe('pasted text', () => {
  it('becomes a paragraph per line, composed and with its white space collapsed', () => {
    const { blocks, scope } = pastedArticle('  Cafe\u0301 \t one \r\n\r\n\ntwo\u00a0 words\n', 'Pasted text');
    expect(scope).toBe('pasted');
    expect(blocks.map((block) => block.text)).toEqual(['Café one', 'two words']);
  });
});
