// What the page says without showing it as text: its title, tooltips, alternatives of images, hints in empty fields, names for screen
// readers. Translated once the text is, in the place of the original, and taken back with it.

import { isLeftAlone, isMarkedAlone, type Languages } from './left-alone.ts';
import { saysTheSame } from './marked-text.ts';
import type { TranslateTexts } from './page-translation.ts';
import type { Work } from './time-slices.ts';
import { inSlices } from './time-slices.ts';

const TEXT_NODE = 3;
const NAMES = ['title', 'alt', 'placeholder', 'aria-label'];
const SELECTOR = NAMES.map((name) => `[${name}]`).join();
const ELEMENTS_PER_STEP = 20;
/** Of one request. */
const MAX_TEXTS = 60;
/** What is longer is data of the page's own. */
const MAX_CHARACTERS = 500;
/** A page that puts its own title back again and again does not want ours. */
const MAX_TITLES = 10;

type Place = Attr | Text;

interface Written {
  said: string;
  text: string;
}

export class Attributes {
  private readonly stopped = new AbortController();
  private readonly translations = new Map<string, string>();
  private readonly written = new Map<Place, Written>();
  /** How often the title was written for each that the page set. */
  private readonly titles = new Map<string, number>();
  private work: Promise<void> | null = null;

  constructor(
    private readonly document: Document,
    private readonly languages: Languages,
    private readonly translate: TranslateTexts,
  ) {}

  /** Translates what has come since the last time. What fails stays as it is: the next time tries again. */
  refresh(): void {
    if (this.document.designMode === 'on') return;
    this.work ??= this.translateNew()
      .catch(() => undefined)
      .finally(() => (this.work = null));
  }

  /** The page says again what it said, but for what it has changed since. */
  async restore(): Promise<void> {
    this.stopped.abort();
    await this.work;
    for (const [place, { said, text }] of this.written) if (place.nodeValue === text) place.nodeValue = said;
    this.written.clear();
  }

  private async translateNew(): Promise<void> {
    const { signal } = this.stopped;
    const places = new Map<Place, string>();
    await this.do(this.find(places));
    const texts = new Set(Array.from(places.values(), (said) => said.trim()));
    const unknown = [...texts].filter((text) => !this.translations.has(text));
    for (let at = 0; at < unknown.length && !signal.aborted; at += MAX_TEXTS) {
      const asked = unknown.slice(at, at + MAX_TEXTS).map((text) => ({ text, marks: [] }));
      await this.translate(asked, signal, (index, { text }) => this.translations.set(asked[index].text, text));
    }
    await this.do(this.write(places));
  }

  private async do(work: Work): Promise<void> {
    const works = [work];
    await inSlices(() => (this.stopped.signal.aborted ? null : (works.pop() ?? null)));
  }

  private *find(places: Map<Place, string>): Work {
    const add = (place: Place) => {
      const said = place.nodeValue ?? '';
      if (said === this.written.get(place)?.text || (this.titles.get(said) ?? 0) >= MAX_TITLES) return;
      if (said.length <= MAX_CHARACTERS && !saysTheSame(said.trim())) places.set(place, said);
    };
    for (const [index, element] of [...this.document.querySelectorAll(SELECTOR)].entries()) {
      if (index % ELEMENTS_PER_STEP === 0) yield;
      if (this.isAlone(element)) continue;
      for (const name of NAMES) {
        const attribute = element.getAttributeNode(name);
        if (attribute) add(attribute);
      }
    }
    const title = this.document.querySelector('head > title');
    for (const node of title && !this.isAlone(title) ? title.childNodes : [])
      if (node.nodeType === TEXT_NODE) add(node as Text);
  }

  private *write(places: Map<Place, string>): Work {
    let count = 0;
    for (const [place, said] of places) {
      if (++count % ELEMENTS_PER_STEP === 0) yield;
      const text = this.translations.get(said.trim());
      if (text === undefined || text === said.trim() || place.nodeValue !== said) continue;
      if (place.nodeType === TEXT_NODE) this.titles.set(said, (this.titles.get(said) ?? 0) + 1);
      this.written.set(place, { said, text });
      place.nodeValue = text;
    }
  }

  /** An image or a field is left as it is, not so what it says by attributes. Of the root, the language may be ours. */
  private isAlone(element: Element): boolean {
    if (isMarkedAlone(element, this.languages)) return true;
    for (let at = element.parentElement; at && at !== this.document.documentElement; at = at.parentElement) {
      if (isLeftAlone(at, this.languages)) return true;
    }
    return false;
  }
}
