// A translated text as text: what was left in the original is marked, in colour and in words.
import { t } from '../lib/platform/i18n.ts';
import type { Translation } from '../lib/protocol.ts';

interface Props {
  text: string;
  kept: Translation['kept'];
  /** BCP 47 of what was left. */
  original: string;
}

export function KeptText({ text, kept, original }: Props) {
  const spans = joined(text, kept);
  return (
    <>
      {spans.map(({ start, end }, index) => (
        <>
          {text.slice(index === 0 ? 0 : spans[index - 1].end, start)}
          <mark class="unsure" lang={original || undefined}>
            {text.slice(start, end)}
          </mark>
          <span class="kept-tag"> ({t('leftInOriginal')})</span>
        </>
      ))}
      {text.slice(spans.at(-1)?.end ?? 0)}
    </>
  );
}

/** Neighbours with nothing but space between them are one: the words stand once behind them. */
function joined(text: string, kept: Translation['kept']): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  for (const { start, end } of kept) {
    const last = spans.at(-1);
    if (last && text.slice(last.end, start).trim() === '') last.end = end;
    else spans.push({ start, end });
  }
  return spans;
}
