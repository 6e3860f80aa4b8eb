// A language pack: the files of Firefox Translations for one direction, and how a translator asks for them. Types only.
import type { LanguagePair } from '../../protocol.ts';
import type { ModelFile } from '../catalog.ts';

export interface PackFiles {
  /** Marian's binary format with int8 matrices. */
  model: ModelFile;
  /** Which target words a source word may become. */
  shortlist: ModelFile;
  /** SentencePiece, of both languages where there is no `targetVocabulary`. */
  vocabulary: ModelFile;
  targetVocabulary?: ModelFile;
}

/** The files of one direction, where all that is known about them. */
export interface Pack {
  pair: LanguagePair;
  files: PackFiles;
}

/** The files' verified bytes. */
export type PackBytes = { [Role in keyof PackFiles]: Uint8Array<ArrayBuffer> };

/** The same, each file in its own time: the small ones can be read while the model still comes. */
export type PackReading = { [Role in keyof PackBytes]: PackBytes[Role] | Promise<NonNullable<PackBytes[Role]>> };

/** Where a translator takes its models from. */
export interface PackSource {
  /** The directions to go, one behind the other: the pair itself, or through English. Throws `no-such-pair`. */
  route(pair: LanguagePair): LanguagePair[];
  /** Of one direction. Throws `pack-missing`, `aborted`; a file's promise rejects with `model-corrupt`, `load-failed`, `aborted`. */
  read(pair: LanguagePair, signal: AbortSignal): Promise<PackReading>;
}
