// A repository of the hub by its name: its files with their sizes, which of them can run here, and the one to take.
import { useEffect, useRef, useState } from 'preact/hooks';
import { isAbort, toWire, type WireError } from '../lib/errors.ts';
import type { RepositoryFile } from '../lib/model/hub/repository-files.ts';
import { t } from '../lib/platform/i18n.ts';
import type { ModelsPlatform, OfferedModel, Repository } from '../lib/platform/models.ts';
import { ModelsFailure } from './ModelsFailure.tsx';
import { ModelsProgress } from './ModelsProgress.tsx';
import { formatBytes, problemText } from './models.ts';
import { Parts } from './Parts.tsx';
import { workKey, type HubFileName, type ModelWork } from './use-models.ts';

interface Props {
  platform: ModelsPlatform;
  models: readonly OfferedModel[];
  work: ReadonlyMap<string, ModelWork>;
  freeBytes: number | null;
  onDownload: (from: HubFileName) => void;
  onPause: (from: HubFileName) => void;
}

export function ModelsFromHub({ platform, models, work, freeBytes, onDownload, onPause }: Props) {
  const [name, setName] = useState('');
  const [repository, setRepository] = useState<Repository | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const [isAsking, setAsking] = useState(false);
  const asking = useRef<AbortController | null>(null);
  useEffect(() => () => asking.current?.abort(), []);

  const list = async () => {
    asking.current?.abort();
    const controller = (asking.current = new AbortController());
    setError(null);
    setRepository(null);
    setAsking(true);
    try {
      setRepository(await platform.readRepository(name, controller.signal));
    } catch (failure) {
      if (!isAbort(failure)) setError(toWire(failure));
    } finally {
      if (asking.current === controller) setAsking(false);
    }
  };

  return (
    <div class="model-source from-hub">
      <h3>{t('modelFromHub')}</h3>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void list();
        }}
      >
        <label>
          <span>{t('repositoryName')}</span>
          <input
            type="text"
            value={name}
            spellcheck={false}
            autocomplete="off"
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </label>
        <button type="submit" disabled={isAsking || name.trim() === ''}>
          {t('listFiles')}
        </button>
      </form>
      {error && <ModelsFailure error={error} neededBytes={0} freeBytes={freeBytes} />}
      {repository?.files.length === 0 && <p>{t('noModelFiles')}</p>}
      {repository && (
        <ul class="repository-files">
          {repository.files.map((file) => {
            const from = { repository: repository.name, file: file.path };
            const listed = models.find(
              ({ entry }) => entry.origin.kind === 'hub' && workKey(entry.origin) === workKey(from),
            );
            return (
              <FileLine
                key={file.path}
                file={file}
                isProposed={file === repository.proposed}
                isHere={listed?.state === 'installed'}
                work={work.get(workKey(from))}
                freeBytes={freeBytes}
                onDownload={() => onDownload(from)}
                onPause={() => onPause(from)}
              />
            );
          })}
        </ul>
      )}
    </div>
  );
}

interface FileLineProps {
  file: RepositoryFile;
  isProposed: boolean;
  /** Its card tells of it. */
  isHere: boolean;
  work: ModelWork | undefined;
  freeBytes: number | null;
  onDownload: () => void;
  onPause: () => void;
}

function FileLine({ file, isProposed, isHere, work, freeBytes, onDownload, onPause }: FileLineProps) {
  const { path, bytes, problem } = file;
  const running = work !== undefined && work.phase !== 'failed';
  return (
    <li>
      <span class="file-name">{path}</span>
      <span class="quiet">
        <Parts parts={[formatBytes(bytes), isProposed ? t('fileProposed') : problem ? problemText(problem) : '']} />
      </span>
      {running && <ModelsProgress work={work} />}
      {work?.error && <ModelsFailure error={work.error} neededBytes={bytes} freeBytes={freeBytes} />}
      {!problem && !isHere && (
        <button type="button" class={isProposed && !running ? 'primary' : ''} onClick={running ? onPause : onDownload}>
          {running ? t('pause') : t('download')}
        </button>
      )}
    </li>
  );
}
