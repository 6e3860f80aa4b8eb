// Takes what a model thinks before it answers out of a text that arrives in pieces: the same text comes out wherever it was cut.

const OPENINGS = ['<think>', '<thinking>'];
/** One of them without an opening is left of a prompt that had it. */
const CLOSINGS = ['</think>', '</thinking>'];

export class ThinkFilter {
  /** Nothing but space since the last tag: what comes is parted from what stands by one space, so that no two halves make a tag. */
  private isJoint = false;
  private endsInSpace = true;
  private held = '';

  /** `thinking`: the text begins within a thought, which its prompt has opened. */
  constructor(private thinking = false) {}

  /** What may be shown of `text` and of what was held back before it. */
  push(text: string): string {
    let pending = this.held + text;
    let shown = '';
    for (;;) {
      const tags = this.thinking ? CLOSINGS : [...OPENINGS, ...CLOSINGS];
      const found = firstOf(tags, pending);
      const end = found ? found.at : pending.length - beginning(tags, pending);
      if (!this.thinking) shown += this.visible(pending.slice(0, end));
      if (!found) {
        this.held = pending.slice(end);
        return shown;
      }
      pending = pending.slice(end + found.tag.length);
      this.thinking = OPENINGS.includes(found.tag);
      this.isJoint = true;
    }
  }

  /** What was held back, at the end of the text. */
  flush(): string {
    const rest = this.thinking ? '' : this.visible(this.held);
    this.held = '';
    return rest;
  }

  private visible(text: string): string {
    let rest = text;
    if (this.isJoint) {
      rest = text.trimStart();
      if (rest === '') return '';
      if (!this.endsInSpace) rest = ` ${rest}`;
      this.isJoint = false;
    }
    if (rest !== '') this.endsInSpace = /\s$/.test(rest);
    return rest;
  }
}

function firstOf(tags: readonly string[], text: string): { tag: string; at: number } | null {
  const found = tags.map((tag) => ({ tag, at: text.indexOf(tag) })).filter(({ at }) => at >= 0);
  return found.length > 0 ? found.reduce((first, each) => (each.at < first.at ? each : first)) : null;
}

/** Length of the longest end of `text` that one of `tags` begins with. */
function beginning(tags: readonly string[], text: string): number {
  const longest = Math.max(...tags.map(({ length }) => length)) - 1;
  for (let length = Math.min(longest, text.length); length > 0; length--) {
    const end = text.slice(text.length - length);
    if (tags.some((tag) => tag.length > length && tag.startsWith(end))) return length;
  }
  return 0;
}
