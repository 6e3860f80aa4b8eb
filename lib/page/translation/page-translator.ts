// A page under translation, from its first block until it is put back: what is read, asked for, shown and read again, in turn.

import type { PageTranslationMode } from '../../requests.ts';
import { hasBody } from '../snapshot.ts';
import type { Block } from './blocks.ts';
import { Blocks } from './blocks.ts';
import { Changes } from './changes.ts';
import { Due } from './due.ts';
import { NearView } from './near-view.ts';
import type { PageTranslationOptions, TranslationState } from './page-translation.ts';
import type { Passage } from './passage.ts';
import { Requests } from './requests.ts';
import { Showing } from './showing.ts';
import type { Work } from './time-slices.ts';
import { inSlices } from './time-slices.ts';
import { isShadowRoot } from './tree.ts';

type View = NonNullable<Document['defaultView']>;

export class PageTranslator {
  private readonly view: View;
  private readonly nearView: NearView;
  private readonly changes: Changes;
  private readonly blocks: Blocks;
  private readonly requests: Requests;
  private readonly showing: Showing;
  private readonly due: Due<Block>;
  private readonly passages = new Set<Passage>();
  /** To be read, in the order of the page. */
  private readonly unread: Block[] = [];
  /** Their translation is there, and does not stand in the page as it should. */
  private readonly unshown = new Set<Passage>();
  private readonly withoutShadow = new Set<Element>();
  /** Taken out by the page. */
  private removed: Node[] = [];
  private work: Promise<void> | null = null;
  /** Something has come up since `next` last found nothing to do. */
  private isWanted = false;
  private isStopped = false;
  private doneCharacters = 0;
  private totalCharacters = 0;
  private kept = 0;

  constructor(
    private readonly document: Document,
    options: PageTranslationOptions,
    private readonly onProgress: () => void,
  ) {
    this.view = document.defaultView!;
    const go = () => this.go();
    this.nearView = new NearView(this.view, go, (element) => this.reread(this.blocks.appear(element)));
    this.changes = new Changes(this.view, {
      onChange: (node) => this.reread(node),
      onRule: (element) => this.reread(this.blocks.forget(element)),
      onRemoval: (nodes) => {
        for (const node of nodes) this.removed.push(node);
      },
    });
    this.blocks = new Blocks(
      { target: options.targetLanguage, source: options.sourceLanguage },
      {
        onBlock: (block) => this.addBlock(block),
        onPassage: (passage) => this.addPassage(passage),
        onLost: (passage) => this.removePassage(passage),
        onAbsent: (element) => this.nearView.await(element),
        onUndefined: (element) => this.withoutShadow.add(element),
      },
    );
    const { translate, parallel, all = true } = options;
    this.requests = new Requests({ translate, parallel, all }, this.nearView, {
      onTranslation: (passage, translation) => {
        passage.translation = translation;
        this.doneCharacters += passage.source.text.length;
        this.kept += translation.kept.length;
        this.unshown.add(passage);
        go();
      },
      onProgress: go,
    });
    this.showing = new Showing(document.documentElement, options.targetLanguage, this.changes);
    this.due = new Due(this.view, go);
  }

  begin(mode: PageTranslationMode): void {
    this.showing.setMode(mode);
    // Text that is being written, and documents of pictures, are not read.
    if (this.document.designMode !== 'on' && hasBody(this.document)) {
      this.changes.watch(this.document);
      this.blocks.add(this.document.documentElement);
    }
    this.go();
  }

  setMode(mode: PageTranslationMode): void {
    this.showing.setMode(mode);
    for (const passage of this.passages) if (passage.translation) this.unshown.add(passage);
    this.go();
  }

  pause(): void {
    this.requests.pause();
  }

  resume(): void {
    this.requests.resume();
    this.go();
  }

  async end(): Promise<void> {
    this.isStopped = true;
    this.requests.stop();
    this.nearView.stop();
    this.due.stop();
    this.changes.stop();
    await this.work;
    const all = this.takeOutAll();
    await inSlices(() => (this.passages.size > 0 ? all : null));
    this.showing.stop();
  }

  state(): Omit<TranslationState, 'mode'> {
    const { error, isPaused, isIdle } = this.requests;
    const isQuiet = isIdle && !this.work && this.unshown.size === 0;
    const { doneCharacters, totalCharacters, kept } = this;
    const phase = error ? 'failed' : isPaused ? 'paused' : isQuiet ? 'watching' : 'translating';
    const remainingMs =
      phase === 'translating' ? this.requests.remainingMs(totalCharacters - doneCharacters) : undefined;
    return {
      phase,
      doneCharacters,
      totalCharacters,
      kept,
      ...(remainingMs !== undefined && { remainingMs }),
      ...(error && { error }),
    };
  }

  /** Does what there is to do, and what comes up meanwhile. */
  private go(): void {
    if (this.isStopped) return;
    this.isWanted = true;
    this.work ??= this.doAll().finally(() => {
      this.work = null;
      if (this.isWanted) this.go();
      this.onProgress();
    });
    this.onProgress();
  }

  private async doAll(): Promise<void> {
    try {
      while (this.isWanted) {
        this.isWanted = false;
        await inSlices(() => this.next());
      }
    } catch (error) {
      this.requests.fail(error);
    }
  }

  private next(): Work | null {
    if (this.isStopped || !this.document.defaultView) return null;
    this.nearView.isReading = this.unread.length > 0;
    this.requests.send();
    if (this.unshown.size > 0) return this.showAll();
    if (this.removed.length > 0) return this.dropRemoved();
    const block = this.due.take() ?? this.unread.pop();
    if (block) return this.blocks.read(block);
    this.findShadows();
    return null;
  }

  private *showAll(): Work {
    for (const passage of this.unshown) {
      this.unshown.delete(passage);
      if (!this.showing.show(passage)) this.due.add(passage.block);
      yield;
    }
  }

  /** What has left the page leaves as it came, and is read anew if it comes back. */
  private *dropRemoved(): Work {
    for (const node of this.removed.splice(0)) if (!node.isConnected) yield* this.blocks.drop(node);
  }

  private *takeOutAll(): Work {
    for (const passage of this.passages) {
      this.passages.delete(passage);
      this.showing.takeOut(passage);
      yield;
    }
  }

  private findShadows(): void {
    for (const element of this.withoutShadow) {
      if (element.shadowRoot) this.blocks.add(element.shadowRoot);
      if (element.shadowRoot || !element.isConnected || element.matches(':defined')) this.withoutShadow.delete(element);
    }
    if (this.unread.length > 0) this.go();
  }

  private addBlock(block: Block): void {
    if (isShadowRoot(block)) this.changes.watch(block);
    this.unread.push(block);
  }

  private reread(node: Node): void {
    if (node === this.document) this.blocks.add(this.document.documentElement);
    const block = this.blocks.around(node);
    if (block) this.due.add(block);
  }

  private addPassage(passage: Passage): void {
    this.passages.add(passage);
    this.totalCharacters += passage.source.text.length;
    this.requests.add(passage);
  }

  private removePassage(passage: Passage): void {
    if (!this.passages.delete(passage)) return;
    this.totalCharacters -= passage.source.text.length;
    if (passage.translation) {
      this.doneCharacters -= passage.source.text.length;
      this.kept -= passage.translation.kept.length;
    }
    this.unshown.delete(passage);
    this.requests.remove(passage);
    this.showing.takeOut(passage);
  }
}
