// The markup of a copied page, as both sides know it: who copies it (snapshot.ts), and who reads the copy.

/** How an element is laid out where its tag does not say so. */
export const DISPLAY_MARK = 'data-display';
/** Stays in place while the page scrolls. */
export const FIXED_MARK = 'data-fixed';

/** Of a page's own attributes; none of them makes a document load anything. */
export const KEPT_ATTRIBUTES = new Set(
  'id class role itemprop itemtype rel href lang colspan aria-modal summary'.split(' '),
);

export const BLOCK_TAGS = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
);

/** HTML's own names, but for those of custom elements. */
export function isPlainTag(tag: string): boolean {
  return /^[a-z][a-z0-9]*$/.test(tag);
}
