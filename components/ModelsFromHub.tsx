// A repository of the hub by its name: its files with their sizes, which of them can run here, and the one to take.
import { useState } from 'preact/hooks';
import type { WireError } from '../lib/errors.ts';
import type { RepositoryFile } from '../lib/model/hub/repository-files.ts';
import { t } from '../lib/platform/i18n.ts';
import type { ModelsPlatform, OfferedModel } from '../lib/platform/models.ts';
import { formatBytes } from './format.ts';
import { ModelsFailure } from './ModelsFailure.tsx';
import { ModelsProgress } from './ModelsProgress.tsx';
import { problemText, refusalText } from './models.ts';
import { Parts } from './Parts.tsx';
import { workKey, type HubFileName, type ModelWork } from './use-models.ts';
import { useRepository } from './use-repository.ts';

interface Props {
  platform: ModelsPlatform;
  models: readonly OfferedModel[];
  work: ReadonlyMap<string, ModelWork>;
  onDownload: (from: HubFileName) => void;
  onPause: (from: HubFileName) => void;
}

export function ModelsFromHub({ platform, models, work, onDownload, onPause }: Props) {
  const [name, setName] = useState('');
  const { repository, proposed, inspecting, refused, error, isAsking, list } = useRepository(platform);

  return (
    <div class="model-source from-hub">
      <h3>{t('modelFromHub')}</h3>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          list(name);
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
      {error && <ModelsFailure error={error} />}
      {repository?.files.length === 0 && <p>{t('noModelFiles')}</p>}
      {repository && (
        <ul class="repository-files" aria-busy={inspecting !== null}>
          {repository.files.map((file) => {
            const from = { repository: repository.name, file: file.path };
            const listed = models.find(
              ({ entry }) => entry.origin.kind === 'hub' && workKey(entry.origin) === workKey(from),
            );
            return (
              <FileLine
                key={file.path}
                file={file}
                isProposed={file.path === proposed}
                isInspected={file.path === inspecting}
                refusal={refused.get(file.path)}
                isHere={listed?.state === 'installed'}
                work={work.get(workKey(from))}
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
  /** It is being looked into. */
  isInspected: boolean;
  refusal: WireError | undefined;
  /** Its card tells of it. */
  isHere: boolean;
  work: ModelWork | undefined;
  onDownload: () => void;
  onPause: () => void;
}

function FileLine({ file, isProposed, isHere, work, onDownload, onPause, ...found }: FileLineProps) {
  const { path, bytes } = file;
  const { isInspected, refusal } = found;
  const problem = file.problem ? problemText(file.problem) : refusal ? refusalText(refusal) : '';
  const running = work !== undefined && work.phase !== 'failed';
  return (
    <li>
      <span class="file-name">{path}</span>
      <span class="quiet">
        <Parts
          parts={[
            formatBytes(bytes),
            isHere ? t('modelReady') : isProposed ? t('fileProposed') : isInspected ? t('fileInspected') : problem,
            refusal?.code === 'unsupported' ? refusal.detail : '',
          ]}
        />
      </span>
      {running && <ModelsProgress work={work} />}
      {work?.error && <ModelsFailure error={work.error} />}
      {problem === '' && !isHere && (
        <button type="button" class={isProposed && !running ? 'primary' : ''} onClick={running ? onPause : onDownload}>
          {running ? t('pause') : t('download')}
        </button>
      )}
    </li>
  );
}
