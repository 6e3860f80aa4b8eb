// The benchmark's rows as Markdown, with ours over each peer's at the same number of threads or workers.
import type { LanguageRow } from './language.ts';
import type { TranslationRow } from './translation.ts';

const HEADINGS = [
  'engine',
  'threads',
  'load ms',
  'first token ms',
  'second ms',
  'prefill tok/s',
  'decode tok/s',
  'summary s',
  'MB',
];

export function languageTable(rows: LanguageRow[]): string {
  const figures = rows.map((row) => [
    row.engine,
    String(row.threads),
    row.loadMs.toFixed(0),
    row.ttftMs.toFixed(0),
    row.secondTtftMs.toFixed(0),
    row.prefillTokensPerSecond.toFixed(0),
    row.decodeTokensPerSecond?.toFixed(1) ?? '-',
    (row.summaryMs / 1000).toFixed(1),
    (row.peakBytes / 1e6).toFixed(0),
  ]);
  return `${markdown([HEADINGS, ...figures])}\n\n${ratios(rows)}`;
}

function ratios(rows: LanguageRow[]): string {
  const lines = rows.flatMap((peer) => {
    const ours = rows.find((row) => row.engine === 'inkling' && row.threads === peer.threads);
    if (!ours || peer.engine === 'inkling') return [];
    const ratio = (figure: 'prefillTokensPerSecond' | 'decodeTokensPerSecond') =>
      ((ours[figure] ?? NaN) / (peer[figure] ?? NaN)).toFixed(2);
    return [[peer.engine, String(peer.threads), ratio('prefillTokensPerSecond'), ratio('decodeTokensPerSecond')]];
  });
  return markdown([['ours over', 'threads', 'prefill', 'decode'], ...lines]);
}

export function translationTable(rows: TranslationRow[]): string {
  const figures = rows.map((row) => [
    row.engine,
    String(row.workers),
    String(row.batch),
    row.wordsPerSecond.toFixed(0),
    row.sentenceMs.toFixed(1),
    row.loadMs.toFixed(0),
    (row.peakBytes / 1e6).toFixed(0),
  ]);
  const ratios = rows.flatMap((peer) => {
    const ours = rows.find(
      ({ engine, workers, batch }) => engine === 'inkling' && workers === peer.workers && batch === peer.batch,
    );
    if (!ours || peer.engine === 'inkling') return [];
    const speed = (ours.wordsPerSecond / peer.wordsPerSecond).toFixed(2);
    return [
      [peer.engine, String(peer.workers), String(peer.batch), speed, (peer.sentenceMs / ours.sentenceMs).toFixed(2)],
    ];
  });
  const table = markdown([['engine', 'workers', 'batch', 'words/s', 'sentence ms', 'load ms', 'MB'], ...figures]);
  return `${table}\n\n${markdown([['ours over', 'workers', 'batch', 'words/s', 'one sentence'], ...ratios])}`;
}

/** Each field a column. */
export function plainTable(rows: object[]): string {
  return markdown([Object.keys(rows[0]), ...rows.map((row) => Object.values(row).map(String))]);
}

function markdown([head, ...rows]: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
