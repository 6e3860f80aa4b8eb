// The parts of the panel, as tabs: arrows go from one to the next, as everywhere.
import { t } from '../lib/platform/i18n.ts';
import type { PanelPart } from '../lib/platform/settings.ts';

const PARTS: readonly PanelPart[] = ['summary', 'chat', 'translation'];

interface Props {
  part: PanelPart;
  onPart: (part: PanelPart) => void;
}

export function PanelTabs({ part, onPart }: Props) {
  const onKeyDown = (event: KeyboardEvent) => {
    const to = partFor(event.key, part);
    if (!to) return;
    event.preventDefault();
    onPart(to);
    document.getElementById(tabId(to))?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={t('panelParts')} onKeyDown={onKeyDown}>
      {PARTS.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          id={tabId(each)}
          aria-selected={each === part}
          aria-controls={each === part ? panelId(each) : undefined}
          tabIndex={each === part ? 0 : -1}
          onClick={() => onPart(each)}
        >
          {partLabel(each)}
        </button>
      ))}
    </div>
  );
}

export function tabId(part: PanelPart): string {
  return `tab-${part}`;
}

export function panelId(part: PanelPart): string {
  return `part-${part}`;
}

function partLabel(part: PanelPart): string {
  switch (part) {
    case 'summary':
      return t('partSummary');
    case 'chat':
      return t('partChat');
    case 'translation':
      return t('partTranslation');
  }
}

function partFor(key: string, part: PanelPart): PanelPart | undefined {
  const at = PARTS.indexOf(part);
  switch (key) {
    case 'ArrowRight':
      return PARTS[(at + 1) % PARTS.length];
    case 'ArrowLeft':
      return PARTS.at(at - 1);
    case 'Home':
      return PARTS[0];
    case 'End':
      return PARTS.at(-1);
    default:
      return undefined;
  }
}
