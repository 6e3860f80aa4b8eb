// The conversations that are kept: to search, read again, take away as a file, and delete.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { isAbout, type Conversation, type Place } from '../lib/history/conversation.ts';
import type { Keeping, WindowHistory } from '../lib/platform/history.ts';
import { t } from '../lib/platform/i18n.ts';
import { fileName, toJson } from './chat-export.ts';
import { ConversationItem } from './ConversationItem.tsx';
import { saveFile } from './chat-file.ts';
import type { Reader } from './use-reading.ts';

interface Props {
  history: WindowHistory;
  reader: Reader;
  onShow: (conversation: Conversation, place: Place, turn: number) => void;
  onOpen: (url: string) => void;
  /** null: all of them. */
  onDeleted: (id: string | null) => void;
}

export function ConversationList({ history, reader, onShow, onOpen, onDeleted }: Props) {
  const [all, setAll] = useState<Conversation[] | null>(null);
  const [keeping, setKeeping] = useState<Keeping | null>(null);
  const [query, setQuery] = useState('');
  const [sure, setSure] = useState(false);

  const look = useCallback(async () => {
    setKeeping(await history.keeping());
    setAll(await history.list().catch(() => []));
  }, [history]);
  useEffect(() => void look(), [look]);

  const remove = async (id: string | null) => {
    setSure(false);
    await (id === null ? history.clear() : history.remove(id));
    onDeleted(id);
    await look();
  };

  if (!all || !keeping) return null;
  const found = query.trim() === '' ? all : all.filter((each) => isAbout(each, query.trim()));
  return (
    <section class="conversations" aria-label={t('history')}>
      {keeping === 'private' ? (
        <p class="note">{t('privateKeepsNothing')}</p>
      ) : (
        <label class="keep">
          <input
            type="checkbox"
            checked={keeping === 'on'}
            onChange={(event) => void history.keep(event.currentTarget.checked).then(look)}
          />
          <span>{t('keepConversations')}</span>
        </label>
      )}
      {all.length > 0 && (
        <input
          type="search"
          aria-label={t('searchConversations')}
          placeholder={t('searchConversations')}
          value={query}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
      )}
      <p class="quiet" role="status">
        {found.length === 0 && (all.length > 0 ? t('noSuchConversation') : t('noConversations'))}
      </p>
      <ul>
        {found.map((conversation) => (
          <li key={conversation.id}>
            <ConversationItem
              conversation={conversation}
              reader={reader}
              onShow={(place, turn) => onShow(conversation, place, turn)}
              onOpen={onOpen}
              onDelete={() => void remove(conversation.id)}
            />
          </li>
        ))}
      </ul>
      {all.length > 0 && (
        <div class="turn-actions">
          <button type="button" onClick={() => saveFile(fileName(t('history'), 'json'), toJson(all))}>
            {t('exportAll')}
          </button>
          {sure ? (
            <>
              <button type="button" class="bad" onClick={() => void remove(null)}>
                {t('deleteAllSure', all.length)}
              </button>
              <button type="button" onClick={() => setSure(false)}>
                {t('cancel')}
              </button>
            </>
          ) : (
            <button type="button" onClick={() => setSure(true)}>
              {t('deleteAll')}
            </button>
          )}
        </div>
      )}
    </section>
  );
}
