// When two texts of an editor are the same.
import { isPlainText, type EditorKind } from './editors.ts';

/** The same to a reader: browsers turn spaces that would not be shown into no-break spaces, or leave them out. In code, each one counts. */
export function isSame(kind: EditorKind, text: string, other: string): boolean {
  const shown = (of: string) =>
    isPlainText(kind)
      ? of
      : of
          .replace(/[ \u00a0]+/g, ' ')
          .replace(/ ?\n ?/g, '\n')
          .trim();
  return shown(text) === shown(other);
}
