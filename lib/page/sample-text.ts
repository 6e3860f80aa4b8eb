// A little of the page's text, from the top: enough to tell its language, at no cost on a page of any length.

const SAMPLE_CHARACTERS = 4_000;
/** Shorter runs are names, dates and buttons, which tell nothing. */
const MIN_RUN_CHARACTERS = 25;
const NO_PROSE = 'script, style, noscript, template, code, pre, textarea, [contenteditable]';

/** At most some thousand characters of prose, '' where the page has none. */
export function sampleText(document: Document): string {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let sample = '';
  while (sample.length < SAMPLE_CHARACTERS && walker.nextNode()) {
    const text = walker.currentNode.nodeValue!.trim();
    if (text.length < MIN_RUN_CHARACTERS || walker.currentNode.parentElement?.closest(NO_PROSE)) continue;
    sample += `${text}\n`;
  }
  return sample.slice(0, SAMPLE_CHARACTERS);
}
