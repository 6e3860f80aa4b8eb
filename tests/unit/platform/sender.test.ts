import { expect, test, vi } from 'vitest';
import { classifySender } from '../../../lib/platform/sender.ts';
import { EXTENSION_ID, ORIGIN, PANEL } from '../../fakes/browser.ts';

vi.mock('wxt/browser', async () => ({ browser: (await import('../../fakes/browser.ts')).browser }));

const PAGE = 'https://example.org';

test.each([
  ['the panel', PANEL, 'extension'],
  ['the service worker', { id: EXTENSION_ID, url: `${ORIGIN}/background.js`, origin: ORIGIN }, 'extension'],
  ['the panel in Firefox, which sets no origin', { id: EXTENSION_ID, url: PANEL.url }, 'extension'],
  ['the panel in a tab', { ...PANEL, tab: { id: 3 } }, 'extension'],
  ['a content script', { id: EXTENSION_ID, url: `${PAGE}/a`, origin: PAGE, tab: { id: 3 } }, 'content-script'],
  ['a content script in Firefox', { id: EXTENSION_ID, url: `${PAGE}/a`, tab: { id: 3 } }, 'content-script'],
  ['another extension', { ...PANEL, id: 'other' }, null],
  ['nobody', {}, null],
  ['no address', { id: EXTENSION_ID, origin: ORIGIN }, null],
  ['our address with a foreign origin', { ...PANEL, origin: PAGE }, null],
  ['a foreign address with our origin', { id: EXTENSION_ID, url: `${PAGE}/a`, origin: ORIGIN, tab: { id: 3 } }, null],
  ['a page outside of any tab', { id: EXTENSION_ID, url: `${PAGE}/a`, origin: PAGE }, null],
  ['an address that begins like ours', { id: EXTENSION_ID, url: `${ORIGIN}.evil/a` }, null],
])('%s', (_, sender, expected) => {
  expect(classifySender(sender)).toBe(expected);
});
