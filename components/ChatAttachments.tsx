// What a question is about besides the page: the selection or a PDF file in place of it, other tabs beside it.
import { useState } from 'preact/hooks';
import type { ChatPlatform, OtherTabs } from '../lib/platform/chat.ts';
import { t } from '../lib/platform/i18n.ts';
import type { Attachments } from './chat-reading.ts';
import { formatNumber, formatWords } from './format.ts';
import { PdfChooser } from './PdfChooser.tsx';
import { countWords } from '../lib/tasks/words.ts';
import type { Article } from '../lib/article.ts';

interface Props {
  platform: Pick<ChatPlatform, 'otherTabs' | 'requestAllSites'>;
  attached: Attachments;
  disabled: boolean;
  onAttached: (attached: Attachments) => void;
  /** Reads what is selected in the page and attaches it. */
  onSelection: () => void;
  /** Reads a PDF file in place of the page. */
  onFile: (file: File) => void;
}

export function ChatAttachments({ platform, attached, disabled, onAttached, onSelection, onFile }: Props) {
  const [others, setOthers] = useState<OtherTabs | null>(null);
  const { selection, tabs } = attached;
  const look = () => void platform.otherTabs().then(setOthers);
  // The question must be the first thing in the click, or the browser refuses to ask it.
  const allow = () => void platform.requestAllSites().then((allowed) => allowed && look());
  const drop = (tabId: number) => onAttached({ ...attached, tabs: tabs.filter((tab) => tab.tabId !== tabId) });
  return (
    <div class="attachments">
      <div class="attachment-row">
        {selection ? (
          <Chip label={selectionLabel(selection.article)} onDrop={() => onAttached({ ...attached, selection: null })} />
        ) : (
          <button type="button" disabled={disabled} onClick={onSelection} aria-keyshortcuts="Alt+A" title="Alt+A">
            {t('addSelection')}
          </button>
        )}
        <button
          type="button"
          disabled={disabled}
          aria-expanded={others !== null}
          onClick={() => (others ? setOthers(null) : look())}
        >
          {t('addTabs')}
        </button>
        <PdfChooser disabled={disabled} onFile={onFile} />
        {tabs.map(({ tabId, title }) => (
          <Chip key={tabId} label={title} onDrop={() => drop(tabId)} />
        ))}
      </div>
      {others && (
        <ul class="other-tabs">
          {others.readable.map((tab) => {
            const chosen = tabs.some(({ tabId }) => tabId === tab.tabId);
            return (
              <li key={tab.tabId}>
                <label>
                  <input
                    type="checkbox"
                    checked={chosen}
                    onChange={() => (chosen ? drop(tab.tabId) : onAttached({ ...attached, tabs: [...tabs, tab] }))}
                  />
                  <span>{tab.title}</span>
                </label>
              </li>
            );
          })}
          {others.readable.length + others.hidden === 0 && <li class="quiet">{t('noOtherTabs')}</li>}
          {others.hidden > 0 && (
            <li class="quiet">
              <span>{t('hiddenTabs', formatNumber(others.hidden))}</span>
              <button type="button" onClick={allow}>
                {t('allowAllSites')}
              </button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

function Chip({ label, onDrop }: { label: string; onDrop: () => void }) {
  return (
    <span class="chip">
      <span>{label}</span>
      <button type="button" aria-label={t('removeAttached', label)} title={t('removeAttached', label)} onClick={onDrop}>
        ×
      </button>
    </span>
  );
}

function selectionLabel({ blocks }: Article): string {
  return t('scopeSelection', formatWords(blocks.reduce((sum, { text }) => sum + countWords(text), 0)));
}
