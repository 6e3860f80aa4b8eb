// One conversation of the list: its page and first question; opened, all of it.
import { useState } from 'preact/hooks';
import type { Conversation, Place } from '../lib/history/conversation.ts';
import { t } from '../lib/platform/i18n.ts';
import { fileName, toJson, toMarkdown } from './chat-export.ts';
import { saveFile } from './chat-file.ts';
import { ChatTurn } from './ChatTurn.tsx';
import { formatMoment } from './format.ts';
import type { Reader } from './use-reading.ts';

interface Props {
  conversation: Conversation;
  reader: Reader;
  onShow: (place: Place, turn: number) => void;
  onOpen: (url: string) => void;
  onDelete: () => void;
}

export function ConversationItem({ conversation, reader, onShow, onOpen, onDelete }: Props) {
  const [open, setOpen] = useState(false);
  const { title, url, changedMs, turns } = conversation;
  const when = formatMoment(changedMs);
  return (
    <details class="conversation" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="conversation-title">{title || url}</span>
        <span class="quiet">{turns.at(0)?.question}</span>
        <span class="quiet">{[hostOf(url), when].filter(Boolean).join(' · ')}</span>
      </summary>
      {open && (
        <>
          {turns.map((turn, index) => (
            <ChatTurn
              key={turn.id}
              turn={turn}
              reader={reader}
              latest={false}
              live={null}
              onShow={(place) => onShow(place, index)}
              onOpen={onOpen}
            />
          ))}
          <div class="turn-actions">
            <button type="button" onClick={() => saveFile(fileName(title, 'md'), toMarkdown(conversation))}>
              {t('exportMarkdown')}
            </button>
            <button type="button" onClick={() => saveFile(fileName(title, 'json'), toJson([conversation]))}>
              {t('exportJson')}
            </button>
            <button type="button" onClick={onDelete}>
              {t('deleteConversation')}
            </button>
          </div>
        </>
      )}
    </details>
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
