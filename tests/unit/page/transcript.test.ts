// Transcripts of videos, out of pages laid out as YouTube's are.
import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { isWatchPage, readTranscript, seekVideo } from '../../../lib/page/transcript.ts';
import { watchPage, type Cue, type WatchPage } from '../../reference/youtube-page.ts';

const CUES: Cue[] = [
  { time: '0:04', text: 'The lighthouse of Skarholm was built in' },
  { time: '0:09', text: '1874. Its keeper wrote down the weather every' },
  { time: '0:15', text: 'evening for thirty-one years.' },
  { time: '1:02', text: 'His notebooks fill four shelves in the harbour museum, where anybody may read them.' },
  { time: '1:02:03', text: 'Storms in the sound come eleven days earlier than a century ago.' },
];

function pageOf(options: Partial<WatchPage>): Document {
  const page = watchPage({ title: 'The keeper of Skarholm', cues: CUES, layout: 'elements', open: true, ...options });
  const { document } = new JSDOM(page, { url: 'https://www.youtube.com/watch?v=x' }).window;
  // jsdom lays nothing out.
  document.defaultView!.Element.prototype.checkVisibility = () => true;
  document.defaultView!.Element.prototype.scrollIntoView = () => undefined;
  return document;
}

describe.each(['elements', 'view-models'] as const)('in the layout of %s', (layout) => {
  test('what is said is read as passages, each word with its moment, and nothing else', () => {
    const document = pageOf({ layout });
    expect(isWatchPage(document)).toBe(true);
    const { title, blocks, language } = readTranscript(document);
    expect(title).toBe('The keeper of Skarholm');
    expect(language).toBe('');
    expect(blocks.map(({ text }) => text).join(' ')).toBe(CUES.map(({ text }) => text).join(' '));
    const [{ text, milestones }] = blocks;
    const { start } = milestones!.find(({ seconds }) => seconds === 62)!;
    expect(text.slice(start)).toMatch(/^His notebooks/);
    expect(blocks.at(-1)!.milestones!.at(-1)!.seconds).toBe(3723);
  });

  test('a closed transcript says so', () => {
    expect(() => readTranscript(pageOf({ layout, open: false }))).toThrow('transcript-closed');
  });
});

test('captions without full stops are cut into short passages', () => {
  const cues = Array.from({ length: 30 }, (_, index) => ({
    time: `${index}:00`,
    text: 'so then we went on to say ten words',
  }));
  const { blocks } = readTranscript(pageOf({ cues }));
  expect(Math.max(...blocks.map(({ text }) => text.split(' ').length))).toBeLessThan(40);
  expect(blocks.length).toBeGreaterThan(6);
});

test('the video is brought to the moment', () => {
  const document = pageOf({});
  expect(seekVideo(document, 62)).toBe(true);
  expect(document.querySelector('video')!.currentTime).toBe(62);
});

test('another page is no watch page', () => {
  const { document } = new JSDOM('<article><p>Text</p><video></video></article>').window;
  expect(isWatchPage(document)).toBe(false);
});
