// Who may import what (README, architecture). A failure names the file; the title is the rule and its reason.
import { expect, test } from 'vitest';
import ts from 'typescript';
import type { SourceFile } from './source.ts';
import { reachable, sourceFiles, usesGlobal, visit } from './source.ts';

const files = sourceFiles('lib', 'components', 'entrypoints');
const byFile = new Map(files.map((source) => [source.file, source]));
const lib = files.filter(({ file }) => file.startsWith('lib/'));

const outside = (...folders: string[]) =>
  files.filter(({ file }) => !folders.some((folder) => file.startsWith(folder)));
const offenders = (among: SourceFile[], offends: (source: SourceFile) => boolean) =>
  among.filter(offends).map(({ file }) => file);

/** Data, files and a feature test, without a runtime behind them: pages and host need them. */
const isForAll = (file: string) =>
  /^lib\/model\/(catalog|recommend|files|float16|browser-(translator|language-model)|ort\/threads|runtime\/stop-strings)\.ts$/.test(
    file,
  ) ||
  /^lib\/model\/(catalog|download|hub|openai|packs|gguf\/(architectures|blocks))\//.test(file) ||
  isOfGgufHeads(file);
/** What tells of a GGUF file, from its head, whether it can run. */
const isOfGgufHeads = (file: string) =>
  /^lib\/model\/gguf\/(inspect|gguf-file|header|metadata|required-tensors|tokenizer-data|pre-tokenizers|chat-template)\.ts$/.test(
    file,
  );
const MODEL_USERS = [
  'lib/engine/worker.ts',
  'lib/engine/transformers-worker.ts',
  'lib/engine/local-engine.ts',
  'lib/engine/translation-worker.ts',
  'lib/engine/download-worker.ts',
];

test('there is something to check', () => expect(files.length).toBeGreaterThan(50));

test('every relative import names a file that exists, with its extension', () => {
  const broken = files.flatMap(({ file, imports }) =>
    imports
      .filter((made) => made.file && /\.tsx?$/.test(made.file) && !byFile.has(made.file))
      .map((made) => `${file}: ${made.specifier}`),
  );
  const bare = files.flatMap(({ file, imports }) =>
    imports
      .filter((made) => made.file && !/\.(tsx?|css|json)$/.test(made.file))
      .map((made) => `${file}: ${made.specifier}`),
  );
  expect([...broken, ...bare]).toEqual([]);
});

test('nothing in lib/ imports entrypoints/ or components/: the layers can be tested alone', () => {
  expect(offenders(lib, ({ imports }) => imports.some(({ file }) => file && !/^(lib|public)\//.test(file)))).toEqual(
    [],
  );
});

test('the browser API is used in lib/platform and entrypoints/ only: the rest needs no browser to be tested', () => {
  const isApi = (specifier: string) => /^(wxt\/browser|webextension-polyfill|@wxt-dev\/browser)$/.test(specifier);
  const usesApi = (source: SourceFile) =>
    source.imports.some(({ specifier }) => isApi(specifier)) ||
    usesGlobal(source, 'chrome') ||
    usesGlobal(source, 'browser');
  expect(offenders(outside('lib/platform/', 'entrypoints/'), usesApi)).toEqual([]);
});

test('ONNX Runtime and the tokenizer stay in lib/model', () => {
  const isRuntime = (specifier: string) => /^(onnxruntime-|@huggingface\/)/.test(specifier);
  const usesRuntime = ({ imports }: SourceFile) =>
    imports.some(({ specifier, typeOnly }) => isRuntime(specifier) && !typeOnly);
  expect(offenders(outside('lib/model/'), usesRuntime)).toEqual([]);
});

test('lib/model is used by the engine in the worker only: panel, background and host stay small', () => {
  const usesModel = ({ imports }: SourceFile) =>
    imports.some(({ file, typeOnly }) => !typeOnly && file?.startsWith('lib/model/') && !isForAll(file));
  const others = outside('lib/model/').filter(({ file }) => !MODEL_USERS.includes(file));
  expect(offenders(others, usesModel)).toEqual([]);
});

test.each([
  'entrypoints/background.ts',
  'entrypoints/bridge.ts',
  'entrypoints/card.tsx',
  'entrypoints/page-translation.ts',
  'entrypoints/offscreen/main.ts',
  'entrypoints/sidepanel/main.tsx',
  'entrypoints/options/main.tsx',
])('%s does not reach the model, by any way', (entry) => {
  expect(byFile.has(entry)).toBe(true);
  const reached = [...reachable(entry, byFile)];
  expect(reached.filter((file) => file.startsWith('lib/model/') && !isForAll(file))).toEqual([]);
  expect(reached.filter((file) => MODEL_USERS.includes(file))).toEqual([]);
});

test('pdf.js is used by the reader of PDFs in its worker only: the panel starts without it, and no page is given it', () => {
  const usesPdf = ({ imports }: SourceFile) => imports.some(({ specifier }) => specifier.startsWith('pdfjs-dist'));
  expect(offenders(files, usesPdf)).toEqual(['lib/document/read-pdf.ts']);
  const reaching = files.filter(({ file }) => reachable(file, byFile).has('lib/document/read-pdf.ts'));
  expect(reaching.map(({ file }) => file)).toEqual([
    'lib/document/pdf-worker.ts',
    'lib/document/read-pdf.ts',
    'entrypoints/pdf-worker.ts',
  ]);
});

test('the script that reads a page reaches the page and the checks of messages: it opens no port and runs no engine', () => {
  const runs = /^lib\/engine\/(host|jobs|port|first-answer|local-engine|serve-worker|worker.*)\.ts$/;
  const reached = [...reachable('entrypoints/bridge.ts', byFile)];
  expect(reached).toContain('lib/platform/messaging.ts');
  expect(reached.filter((file) => runs.test(file))).toEqual([]);
});

test('document and window are used in lib/page, components/ and entrypoints/ only: the rest runs in a worker and in Node', () => {
  const usesDom = (source: SourceFile) => usesGlobal(source, 'document') || usesGlobal(source, 'window');
  expect(offenders(outside('lib/page/', 'components/', 'entrypoints/'), usesDom)).toEqual([]);
});

test('lib/page knows no browser API and no engine', () => {
  const page = lib.filter(({ file }) => file.startsWith('lib/page/'));
  const leaves = ({ imports }: SourceFile) =>
    imports.some(({ file }) => file && /^lib\/(engine|model|platform)\//.test(file));
  expect(offenders(page, leaves)).toEqual([]);
});

test('nothing imports itself, by any way', () => {
  const cycles = files.filter(({ file, imports }) =>
    imports.some(({ file: target, typeOnly }) => target && !typeOnly && reachable(target, byFile).has(file)),
  );
  expect(cycles.map(({ file }) => file)).toEqual([]);
});

test('no barrel files: an import names the file that makes the name', () => {
  const reexports = ({ syntax }: SourceFile) =>
    syntax.statements.some((statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier);
  expect(offenders(files, reexports)).toEqual([]);
});

test('no enum, no default export but an entrypoint: names can be traced', () => {
  const hasEnum = ({ syntax }: SourceFile) => {
    let found = false;
    visit(syntax, (node) => (found ||= ts.isEnumDeclaration(node)));
    return found;
  };
  expect(offenders(files, hasEnum)).toEqual([]);
  expect(offenders(outside('entrypoints/'), ({ syntax }) => syntax.statements.some(ts.isExportAssignment))).toEqual([]);
});
