// A page's copy as a document again, in whichever context reads it. It has no window: nothing in it loads or runs.

import { DISPLAY_MARK, FIXED_MARK, isPlainTag, KEPT_ATTRIBUTES } from './copied-markup.ts';
import type { CopiedNode } from './snapshot.ts';

/** The copy, in the body of a new document. `nodes`: as takeSnapshot made them, or isCopiedNode let them through. */
export function documentOf(nodes: CopiedNode[], implementation: DOMImplementation): Document {
  const document = implementation.createHTMLDocument('');
  let parent: Element = document.body;
  for (const node of nodes) {
    if (typeof node === 'string') parent.append(node);
    else if (node !== null) {
      const element = document.createElement(node[0]);
      for (let i = 1; i < node.length; i += 2) element.setAttribute(node[i], node[i + 1]);
      parent.append(element);
      parent = element;
    } else if (parent.parentElement && parent !== document.body) parent = parent.parentElement;
  }
  return document;
}

/** Whether a value is text, an element of a copy with nothing but what copies have, or an end. */
export function isCopiedNode(value: unknown): value is CopiedNode {
  if (value === null || typeof value === 'string') return true;
  if (!Array.isArray(value) || value.length % 2 === 0) return false;
  const isName = (name: string) => KEPT_ATTRIBUTES.has(name) || name === DISPLAY_MARK || name === FIXED_MARK;
  return value.every(
    (part, index) => typeof part === 'string' && (index === 0 ? isPlainTag(part) : index % 2 === 0 || isName(part)),
  );
}
