// The build: one source, two packages. Chrome: Manifest V3, engine in an offscreen document. Firefox: Manifest V2 with a
// persistent background page, because a V3 event page ends after 30 s even while its worker computes.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'wxt';
import type { UserManifest } from 'wxt';
import { PACKAGED_FILES } from './lib/model/catalog.ts';
import { codeVersion } from './scripts/code-version.ts';
import { harperAssets } from './scripts/harper-assets.ts';
import { marianAsset } from './scripts/marian-kernels.ts';
import { ortAssets } from './scripts/ort-assets.ts';
import { pdfAssets, pdfWithoutEval } from './scripts/pdf-assets.ts';
import { transformersAliases, transformersLibrary } from './scripts/transformers-library.ts';

// Nothing but the package itself: no foreign script, image, style or frame, whatever a model or a page says. Connections are made by
// our own code only, to where the reader chose: for models the usual place or any mirror, for text a server; by plain http only on this
// machine (lib/model/openai/address.ts says so where an address is typed).
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const SHARED: UserManifest = {
  name: '__MSG_extensionName__',
  description: '__MSG_extensionDescription__',
  default_locale: 'en',
  content_security_policy: { extension_pages: CONTENT_SECURITY_POLICY },
  permissions: ['activeTab', 'contextMenus', 'scripting', 'storage', 'unlimitedStorage'],
  action: { default_title: '__MSG_extensionName__' },
  omnibox: { keyword: 'ink' },
};

const TASK_COMMANDS = {
  summarize: { suggested_key: { default: 'Alt+Shift+S' }, description: '__MSG_commandSummarize__' },
  translate: { suggested_key: { default: 'Alt+Shift+L' }, description: '__MSG_commandTranslate__' },
  // Not R, nor A, B, C, N, P, T, W, X or Z: those are Chrome's own, with Alt and Shift, and it gives no key away that it has.
  rewrite: { suggested_key: { default: 'Alt+Shift+E' }, description: '__MSG_commandRewrite__' },
};
const OPEN_KEY = { suggested_key: { default: 'Alt+Shift+I' } };
/** Sites that the reader may allow for good. */
const SITES = ['http://*/*', 'https://*/*'];

const CHROME: UserManifest = {
  minimum_chrome_version: '137',
  permissions: ['offscreen', 'sidePanel'],
  optional_host_permissions: SITES,
  // What an organisation may lay down (docs/policy.md).
  storage: { managed_schema: 'managed-schema.json' },
  commands: { _execute_action: OPEN_KEY, ...TASK_COMMANDS },
  // Shared memory, so WebAssembly threads, in the engine's worker.
  cross_origin_embedder_policy: { value: 'require-corp' },
  cross_origin_opener_policy: { value: 'same-origin' },
};

const FIREFOX: UserManifest = {
  optional_permissions: SITES as UserManifest['optional_permissions'],
  // Unlike _execute_sidebar_action, pressing the button also lets Inkling read the page (activeTab).
  commands: { _execute_browser_action: OPEN_KEY, ...TASK_COMMANDS },
  browser_specific_settings: {
    gecko: {
      id: 'inkling@on-device',
      strict_min_version: '140.0',
      data_collection_permissions: { required: ['none'] },
    },
  },
};

export default defineConfig({
  imports: false,
  // `browser` of wxt/browser is Mozilla's polyfill: promises and the same behaviour in both browsers.
  modules: ['@wxt-dev/webextension-polyfill'],
  manifest: ({ browser }) => {
    const own = browser === 'firefox' ? FIREFOX : CHROME;
    return { ...SHARED, ...own, permissions: [...SHARED.permissions!, ...(own.permissions ?? [])].sort() };
  },
  vite: ({ browser }) => ({
    plugins: [transformersLibrary(), pdfWithoutEval()],
    resolve: { alias: transformersAliases },
    build: {
      target: browser === 'firefox' ? 'firefox140' : 'chrome137',
      modulePreload: false,
    },
    define: { CODE_VERSION: JSON.stringify(codeVersion()) },
  }),
  hooks: {
    'build:publicAssets': async (_, files) => {
      files.push(
        ...(await ortAssets()),
        marianAsset(),
        ...harperAssets(),
        ...pdfAssets(),
        ...PACKAGED_FILES.map(({ name }) => ({
          absoluteSrc: fileURLToPath(new URL(`.cache/models/${name}`, import.meta.url)),
          relativeDest: `models/${name}`,
        })),
      );
    },
    'build:manifestGenerated': (_, manifest) => {
      // Firefox would open the sidebar by itself when Inkling is installed, and lay a style sheet of its own over the panel.
      const own = { open_at_install: false, browser_style: false };
      if (manifest.sidebar_action) Object.assign(manifest.sidebar_action, own);
    },
  },
});
