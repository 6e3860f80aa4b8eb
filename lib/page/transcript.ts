// The transcript of a video as an article, where the reader has opened it in the page, and the way from a sentence to its moment.
// Nothing is fetched: captions that the page only names are not read.

import { AppError } from '../errors.ts';
import type { Article, Block, Milestone } from '../article.ts';
import { cleanLine } from './text.ts';
import {
  CHAPTER,
  CHAPTER_TITLE,
  SEGMENT,
  SEGMENT_TEXT,
  SEGMENT_TIME,
  VIDEO,
  VIDEO_TITLE,
  WATCH_PAGE,
} from './transcript-selectors.ts';

/** A passage with full stops ends with a sentence after so many words; one without, after so many at once. */
const PASSAGE_WORDS = 40;
const UNPUNCTUATED_WORDS = 25;
/** Automatic captions have no full stops: fewer than one in so many words. */
const WORDS_PER_SENTENCE = 60;
const SENTENCE_END = /[.!?。！？…]["'”’»)\]]*$/u;
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u;

interface Segment {
  text: string;
  seconds: number;
}

/** True for a page that is about one video: what it says besides is not what is asked about. */
export function isWatchPage(document: Document): boolean {
  return document.querySelector(WATCH_PAGE) !== null;
}

/** The open transcript. Its language is not told. Throws `transcript-closed` where none stands in the page. */
export function readTranscript(document: Document): Article {
  const blocks: Block[] = [];
  let segments: Segment[] = [];
  const elements = Array.from(document.querySelectorAll(`${SEGMENT}, ${CHAPTER}`)).filter(isShown);
  const punctuated = isPunctuated(elements);
  const endPassages = () => {
    blocks.push(...passagesOf(segments, punctuated));
    segments = [];
  };
  for (const element of elements) {
    if (element.matches(CHAPTER)) {
      endPassages();
      const text = cleanLine((element.querySelector(CHAPTER_TITLE) ?? element).textContent);
      if (text) blocks.push({ kind: 'heading', text });
    } else {
      const text = textOf(element);
      const seconds = secondsOf(element);
      if (text && seconds !== null) segments.push({ text, seconds });
    }
  }
  endPassages();
  if (!blocks.some(({ kind }) => kind === 'paragraph')) throw new AppError('transcript-closed');
  const title = cleanLine(document.querySelector(VIDEO_TITLE)?.textContent ?? '');
  return {
    url: document.URL,
    title: title || cleanLine(document.title).replace(/ - YouTube$/, ''),
    language: '',
    siteName: 'YouTube',
    description: '',
    blocks,
    scope: 'page',
    hiddenCharacters: 0,
  };
}

/** Brings the page's video to the moment; false where there is none. */
export function seekVideo(document: Document, seconds: number): boolean {
  const video = document.querySelector<HTMLVideoElement>(VIDEO);
  const segment = Array.from(document.querySelectorAll(SEGMENT)).findLast((each) => {
    const start = secondsOf(each);
    return start !== null && start <= seconds;
  });
  segment?.scrollIntoView({ block: 'center' });
  if (video) {
    video.currentTime = seconds;
    video.scrollIntoView({ block: 'nearest' });
  }
  return video !== null || segment !== undefined;
}

/** What is left of an earlier video's transcript lies in a panel that is not shown. */
function isShown(element: Element): boolean {
  return element.checkVisibility();
}

function textOf(segment: Element): string {
  return cleanLine(segment.querySelector(SEGMENT_TEXT)?.textContent ?? '');
}

/** "1:02:03" or "2:03" as seconds. */
function secondsOf(segment: Element): number | null {
  const time = cleanLine(segment.querySelector(SEGMENT_TIME)?.textContent ?? '');
  if (!/^\d+(:\d\d){1,2}$/.test(time)) return null;
  return time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

function isPunctuated(elements: Element[]): boolean {
  const text = elements.map((element) => (element.matches(SEGMENT) ? textOf(element) : '')).join(' ');
  const ends = text.match(/[.!?。！？…]/gu)?.length ?? 0;
  return ends * WORDS_PER_SENTENCE >= countWords(text);
}

function passagesOf(segments: Segment[], punctuated: boolean): Block[] {
  const blocks: Block[] = [];
  let text = '';
  let milestones: Milestone[] = [];
  const end = () => {
    if (text) blocks.push({ kind: 'paragraph', text, milestones });
    text = '';
    milestones = [];
  };
  for (const segment of segments) {
    const isUnspaced = UNSPACED.test(text.at(-1) ?? '') && UNSPACED.test(segment.text[0]);
    if (text && !isUnspaced) text += ' ';
    milestones.push({ start: text.length, seconds: segment.seconds });
    text += segment.text;
    const words = countWords(text);
    const isFull = punctuated
      ? (words >= PASSAGE_WORDS && SENTENCE_END.test(text)) || words >= 3 * PASSAGE_WORDS
      : words >= UNPUNCTUATED_WORDS;
    if (isFull) end();
  }
  end();
  return blocks;
}

/** Roughly: two characters are a word where scripts set no spaces. */
function countWords(text: string): number {
  const unspaced = text.match(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/gu)?.length ?? 0;
  return text.split(/\s+/).length + unspaced / 2;
}
