// Which pairs of languages can be translated, by which files, and how large those are. Knows neither the network nor the disk.
import { AppError } from '../../errors.ts';
import type { LanguagePair } from '../../protocol.ts';
import type { PackFiles } from './pack.ts';
import { SNAPSHOT } from './snapshot.ts';

/** A file as it lies on the server: gzip-compressed. */
export interface CatalogueFile {
  /** Behind the base address. */
  path: string;
  /** 0 where not known. */
  compressedBytes: number;
  /** Of the decompressed file; absent where not known. */
  bytes?: number;
  sha256?: string;
}

export type Role = keyof PackFiles;

/** The files of one direction. */
export interface CataloguePack {
  pair: LanguagePair;
  /** tiny, base-memory, base: for people; a translator reads the model's own configuration. */
  architecture: string;
  files: { [R in keyof PackFiles]: CatalogueFile };
}

export const ROLES = ['model', 'shortlist', 'vocabulary', 'targetVocabulary'] as const satisfies Role[];

/** By `pairName`. */
export const CATALOGUE: ReadonlyMap<string, CataloguePack> = new Map(
  SNAPSHOT.trim()
    .split('\n')
    .map(parseLine)
    .map((pack) => [pairName(pack.pair), pack]),
);

/** `en-pt`, `zh-Hant-en`: a name for maps and files. */
export function pairName({ from, to }: LanguagePair): string {
  return `${from}-${to}`;
}

/** As `findRoute`. Throws `no-such-pair` where there is none. */
export function route(pair: LanguagePair): LanguagePair[] {
  const way = findRoute(pair);
  if (!way) throw new AppError('no-such-pair', pairName(pair));
  return way;
}

/** The directions to go, one behind the other, in the catalogue's own tags: the pair itself, or through English; null where there is no way. */
export function findRoute(pair: LanguagePair): LanguagePair[] | null {
  const from = catalogueTag(pair.from);
  const to = catalogueTag(pair.to);
  const ways = [
    [{ from, to }],
    [
      { from, to: 'en' },
      { from: 'en', to },
    ],
  ];
  return (from !== to && ways.find((steps) => steps.every((step) => CATALOGUE.has(pairName(step))))) || null;
}

/** The sum over the files, compressed. */
export function downloadBytes({ files }: CataloguePack): number {
  return Object.values(files).reduce((sum, file) => sum + file.compressedBytes, 0);
}

/** The path that the bucket gives a file of a training run; `zh-Hant` is `zh_hant` there. */
function bucketPath(pair: string, run: string, role: Role, splitVocabularies: boolean): string {
  const letters = pair.replace('-', '');
  const names: Record<Role, string> = {
    model: `model.${letters}.intgemm.alphas.bin`,
    shortlist: `lex.50.50.${letters}.s2t.bin`,
    vocabulary: `${splitVocabularies ? 'srcvocab' : 'vocab'}.${letters}.spm`,
    targetVocabulary: `trgvocab.${letters}.spm`,
  };
  return `models/${pair}/${run}/exported/${names[role]}.gz`;
}

function parseLine(line: string): CataloguePack {
  const [pair, architecture, run, ...columns] = line.split(' ');
  const files = columns.map((column, i): [Role, CatalogueFile] => {
    const [compressedBytes, bytes, sha256] = column.split('/');
    const known = sha256 === '?' ? {} : { bytes: Number(bytes), sha256 };
    const path = bucketPath(pair, run, ROLES[i], columns.length === ROLES.length);
    return [ROLES[i], { path, compressedBytes: Number(compressedBytes), ...known }];
  });
  const [from, to] = pair.split('-').map(fromBucketTag);
  return { pair: { from, to }, architecture, files: Object.fromEntries(files) as CataloguePack['files'] };
}

/** A language of the bucket as a BCP 47 tag. */
export function fromBucketTag(tag: string): string {
  return tag.toLowerCase() === 'zh_hant' ? 'zh-Hant' : tag;
}

/** What the catalogue calls a language: no region, a script for Traditional Chinese only. Of a malformed tag, the tag. */
function catalogueTag(tag: string): string {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    if (language === 'zh') return script === 'Hant' ? 'zh-Hant' : 'zh';
    return language === 'no' ? 'nb' : language;
  } catch {
    return tag;
  }
}
