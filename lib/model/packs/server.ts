// Where packs come from.
import { AppError } from '../../errors.ts';

/** Mozilla's own bucket: its index at `db/models.json`, its files gzip-compressed. Any copy of it can stand in its place. */
const BUCKET = 'https://storage.googleapis.com/moz-fx-translations-data--303e-prod-translations-data/';

/** Firefox's records of the same files: they know the hash of every one. Their attachments are not used: the bucket has the files. */
export const RECORDS_URL =
  'https://firefox.settings.services.mozilla.com/v1/buckets/main/collections/translations-models-v2/records';

/** The base address of a mirror, '' for the usual place; ends in a slash. Throws `download-failed` for what is no address. */
export function baseUrl(mirror: string): string {
  if (!mirror) return BUCKET;
  const url = URL.canParse(mirror) ? new URL(mirror) : null;
  if (!url || !/^https?:$/.test(url.protocol)) throw new AppError('download-failed', 'the mirror is not a web address');
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}
