// The project's own source, as the project tests read it: files, their imports and the names they use.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Import {
  /** As written. */
  specifier: string;
  /** Of the project's file that it names, from the root; undefined for a package. */
  file?: string;
  typeOnly: boolean;
}

export interface SourceFile {
  /** From the root, with slashes. */
  file: string;
  text: string;
  syntax: ts.SourceFile;
  imports: Import[];
}

/** Every TypeScript file of the folders. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    listFiles(folder)
      .filter((file) => /\.tsx?$/.test(file))
      .map(readSource),
  );
}

/** Every file below a folder, from the root. */
export function listFiles(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();
}

function readSource(file: string): SourceFile {
  return parseSource(file, readFileSync(path.join(ROOT, file), 'utf8'));
}

export function parseSource(file: string, text: string): SourceFile {
  const syntax = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const add = (specifier: ts.Node, typeOnly: boolean) => {
    if (!ts.isStringLiteralLike(specifier)) return;
    const relative = specifier.text.startsWith('.');
    const target = relative
      ? path.posix.join(path.posix.dirname(file), specifier.text.replace(/\?\w+$/, ''))
      : undefined;
    imports.push({ specifier: specifier.text, file: target, typeOnly });
  };
  visit(syntax, (node) => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(node.moduleSpecifier, node.isTypeOnly);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
  });
  return { file, text, syntax, imports };
}

export function visit(node: ts.Node, on: (node: ts.Node) => void): void {
  on(node);
  node.forEachChild((child) => visit(child, on));
}

/** True where the file uses the name as a global: reads it, and declares nothing of that name. */
export function usesGlobal({ syntax }: SourceFile, name: string): boolean {
  const uses = { read: false, declared: false };
  visit(syntax, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name) return;
    const { parent } = node;
    const isDeclaration =
      (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent)) &&
      parent.name === node;
    if (isDeclaration || ts.isImportSpecifier(parent) || ts.isImportClause(parent)) uses.declared = true;
    const isMember =
      (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
      ((ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent)) &&
        parent.name === node) ||
      ts.isMethodSignature(parent) ||
      ts.isQualifiedName(parent) ||
      ts.isTypeReferenceNode(parent);
    if (!isDeclaration && !isMember) uses.read = true;
  });
  return uses.read && !uses.declared;
}

/** Every file that the entry reaches by imports that are there at run time. */
export function reachable(entry: string, files: Map<string, SourceFile>): Set<string> {
  const seen = new Set<string>();
  const queue = [entry];
  for (let file = queue.pop(); file; file = queue.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const { file: target, typeOnly } of files.get(file)?.imports ?? [])
      if (target && !typeOnly) queue.push(target);
  }
  return seen;
}
