// What is never translated, by markup. What CSS makes of an element is not asked here.

import { isReferenceMark } from '../read-blocks.ts';
import { OWN_TAG } from './own-tag.ts';

/** Elements that show nothing and stand nowhere. */
const UNSEEN = new Set(
  'script style noscript template head meta link title base param source track rp datalist area col colgroup'.split(
    ' ',
  ),
);
/** Shown as they are: code, formulas, pictures, what is embedded, and fields, whose text is the reader's. */
const AS_IT_IS = new Set(
  (
    'code pre kbd samp var tt listing xmp plaintext math svg canvas img picture video audio object embed applet iframe frame frameset ' +
    'fencedframe portal input textarea meter progress rt rtc wbr map'
  ).split(' '),
);
const FIELD_ROLES = new Set(['textbox', 'searchbox', 'spinbutton']);
const CODE_EDITOR = /(^|\s)(notranslate|skiptranslate|CodeMirror|cm-editor|monaco-editor|ace_editor)(\s|$)/;
/** Fonts whose letters are pictures: "home" is a house. */
const ICON_FONT =
  /^["']?(material (icons|symbols)|(font ?awesome|fontello|icomoon|glyphicons|dashicons|ionicons|bootstrap-icons)\b)/i;

const WIDGETS = new Set(['button', 'select', 'summary']);
const WIDGET_ROLES = new Set(
  'button tab menuitem menuitemradio menuitemcheckbox option switch checkbox radio'.split(' '),
);
/** Short texts of a page's controls, where a second line would break the layout. */
const LABELS =
  'button, option, optgroup, label, legend, summary, nav, select, [role="button"], [role="tab"], [role="menuitem"], [role="menuitemradio"], ' +
  '[role="menuitemcheckbox"], [role="option"], [role="switch"], [role="navigation"], [role="menu"], [role="menubar"], [role="toolbar"], ' +
  '[role="tablist"], [role="listbox"], [role="tooltip"]';

export interface Languages {
  target: string;
  source?: string;
}

export function isUnseen(element: Element): boolean {
  return UNSEEN.has(element.localName) || element.localName === OWN_TAG;
}

/** The element and all in it stay as they are. */
export function isLeftAlone(element: Element, languages: Languages): boolean {
  if (AS_IT_IS.has(element.localName)) return true;
  if (isMarkedAlone(element, languages) || isEditable(element)) return true;
  if (element.localName === 'option') return !element.hasAttribute('value');
  return element.localName !== 'body' && isReferenceMark(element);
}

/** The page says so, of any element. */
export function isMarkedAlone(element: Element, languages: Languages): boolean {
  // On the whole page it asks browsers not to offer a translation: the reader has asked for one.
  if (element.localName === 'body') return false;
  const translate = element.getAttribute('translate');
  if (translate !== null && translate.toLowerCase() === 'no') return true;
  if (CODE_EDITOR.test(element.getAttribute('class') ?? '')) return true;
  const language = element.getAttribute('lang');
  return language !== null && isNoSource(language, languages);
}

function isEditable(element: Element): boolean {
  const editable = element.getAttribute('contenteditable');
  return (
    (editable !== null && editable.toLowerCase() !== 'false') || FIELD_ROLES.has(element.getAttribute('role') ?? '')
  );
}

export function isIcon(style: CSSStyleDeclaration): boolean {
  return ICON_FONT.test(style.fontFamily);
}

/** Works by itself within a line: what it says is no part of the sentence around it. */
export function isWidget(element: Element): boolean {
  return WIDGETS.has(element.localName) || WIDGET_ROLES.has(element.getAttribute('role') ?? '');
}

export function isWithinLabel(element: Element): boolean {
  return element.closest(LABELS) !== null;
}

/** In the target language already, or in a third one. An unknown tag says nothing. */
function isNoSource(tag: string, { target, source }: Languages): boolean {
  const language = writtenLanguage(tag);
  if (!language || language === 'und') return false;
  if (language === writtenLanguage(target)) return true;
  return source !== undefined && primary(language) !== primary(writtenLanguage(source));
}

const written = new Map<string, string>();

/** Language and script: 'pt-Latn' of 'pt-BR', 'zh-Hant' of 'zh-TW'; '' of what is no tag. */
function writtenLanguage(tag: string): string {
  let language = written.get(tag);
  if (language === undefined) {
    try {
      const locale = new Intl.Locale(tag.trim().replaceAll('_', '-')).maximize();
      language = locale.script ? `${locale.language}-${locale.script}` : locale.language;
    } catch {
      language = '';
    }
    written.set(tag, language);
  }
  return language;
}

function primary(language: string): string {
  return language.split('-')[0];
}
