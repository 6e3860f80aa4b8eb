// Everything that can be said to the extension from outside of a context. Widening it is a decision: it is written down here.
import { expect, test, vi } from 'vitest';
import { REQUESTS } from '../../lib/platform/messaging.ts';
import { sourceFiles } from './source.ts';

vi.mock('wxt/browser', async () => ({ browser: (await import('../fakes/browser.ts')).browser }));

const product = sourceFiles('lib', 'components', 'entrypoints');
const filesWith = (pattern: RegExp) => product.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

test('one-shot requests: where each is handled, and from whom', () => {
  expect(REQUESTS).toEqual({
    ensureHost: { target: 'background', from: ['extension', 'content-script'] },
    hostReady: { target: 'background', from: ['extension'] },
    takeIntent: { target: 'background', from: ['extension'] },
    readPackMirror: { target: 'background', from: ['extension'] },
    // Keys of servers among them: no page ever sees them.
    readModelSettings: { target: 'background', from: ['extension'] },
    changeModelSettings: { target: 'background', from: ['extension'] },
    readCrashRecord: { target: 'background', from: ['extension'] },
    writeCrashRecord: { target: 'background', from: ['extension'] },
    pingHost: { target: 'host', from: ['extension', 'content-script'] },
    tabGone: { target: 'host', from: ['extension'] },
    // A page can stop what was asked about it, and nothing else.
    pageGone: { target: 'host', from: ['content-script'] },
    // A page can know whether the reader has a model that writes freely: one bit, which cards in it show anyway.
    rewritesFreely: { target: 'host', from: ['content-script'] },
    readsAhead: { target: 'host', from: ['extension'] },
    translatingModel: { target: 'host', from: ['extension', 'content-script'] },
    readPage: { target: 'page', from: ['extension'] },
    readSelection: { target: 'page', from: ['extension'] },
    showQuote: { target: 'page', from: ['extension'] },
    detectPageLanguage: { target: 'page', from: ['extension'] },
    translatePage: { target: 'page-translation', from: ['extension'] },
    readPageTranslation: { target: 'page-translation', from: ['extension'] },
    changePageTranslation: { target: 'page-translation', from: ['extension'] },
    // A page can say how its translation stands: numbers, shown beside the page that said them.
    pageTranslationChanged: { target: 'panel', from: ['content-script'] },
    translateSelection: { target: 'card', from: ['extension'] },
    rewriteText: { target: 'card', from: ['extension'] },
    // A page can have a text of its own shown beside it, as text.
    showInPanel: { target: 'background', from: ['content-script'] },
    // A page can bring the options page to the front, where it says nothing.
    openOptions: { target: 'background', from: ['content-script'] },
  });
});

test('messages are listened to in one place, ports in another', () => {
  expect(filesWith(/\bonMessage\.addListener/).filter((file) => !file.startsWith('lib/engine/'))).toEqual([
    'lib/platform/messaging.ts',
  ]);
  expect(filesWith(/\bonConnect\.addListener/)).toEqual(['lib/platform/host.ts']);
});

test('nothing listens to other extensions or to what pages post', () => {
  expect(filesWith(/\bon(Message|Connect)External\b/)).toEqual([]);
  const windowMessages = /(?:window|document|globalThis)\.(?:addEventListener\(\s*['"]message['"]|onmessage\s*=)/;
  expect(filesWith(windowMessages)).toEqual([]);
});

test('nothing that a model writes can reach further: no fetch but of the package, no navigation', () => {
  expect(filesWith(/\bXMLHttpRequest\b|\bWebSocket\b|\bEventSource\b|\bsendBeacon\b|\bRTCPeerConnection\b/)).toEqual(
    [],
  );
  // The welcome page; another page of the PDF that a tab shows; in the chat a tab that a source lies in, and a link that the reader was asked about; the browser's page for keys.
  expect(
    filesWith(/\btabs\.(create|update)\b|\bwindow\.open\b|\blocation\.(assign|replace)\b|\blocation(\.href)?\s*=[^=]/),
  ).toEqual([
    'lib/platform/chat.ts',
    'lib/platform/documents.ts',
    'lib/platform/first-run.ts',
    'lib/platform/shortcuts.ts',
  ]);
  // Read only: a copy of the reader's own text as HTML, after new words were put into its text nodes.
  expect(filesWith(/\binnerHTML\b|\bouterHTML\b|\binsertAdjacentHTML\b|\bdangerouslySetInnerHTML\b/)).toEqual([
    'lib/page/editable/draft-copy.ts',
    'lib/page/editable/fragment.ts',
    'lib/page/editable/write-html.ts',
  ]);
  expect(filesWith(/\b(?:inner|outer)HTML\s*\+?=(?!=)/)).toEqual([]);
  // Files of the package, for its workers; the file of the PDF that the tab in front shows.
  expect(filesWith(/\bfetch\(/).filter((file) => !file.startsWith('lib/model/'))).toEqual([
    'lib/engine/package-files.ts',
    'lib/platform/fetch-pdf.ts',
  ]);
});

test('nothing is logged, so nothing of a page can be', () => {
  expect(filesWith(/\bconsole\.\w+\(/)).toEqual([]);
});
