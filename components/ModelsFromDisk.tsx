// A GGUF file of the reader's: chosen, looked into, copied.
import { useEffect, useRef, useState } from 'preact/hooks';
import { isAbort, toWire, type WireError } from '../lib/errors.ts';
import { t } from '../lib/platform/i18n.ts';
import type { ModelsPlatform } from '../lib/platform/models.ts';
import { formatLoaded } from './format.ts';
import { ModelsFailure } from './ModelsFailure.tsx';
import { Work } from './Work.tsx';

interface Props {
  platform: ModelsPlatform;
}

interface Copy {
  copiedBytes: number;
  totalBytes: number;
}

export function ModelsFromDisk({ platform }: Props) {
  const [copy, setCopy] = useState<Copy | null>(null);
  const [failure, setFailure] = useState<WireError | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const add = async (file: File) => {
    const controller = new AbortController();
    running.current = controller;
    setFailure(null);
    setCopy({ copiedBytes: 0, totalBytes: file.size });
    try {
      await platform.addOwnModel(file, controller.signal, (copiedBytes, totalBytes) =>
        setCopy({ copiedBytes, totalBytes }),
      );
    } catch (error) {
      if (!isAbort(error)) setFailure(toWire(error));
    } finally {
      running.current = null;
      setCopy(null);
    }
  };

  return (
    <div class="model-source from-disk">
      <h3>{t('modelFromDisk')}</h3>
      <p class="quiet">{t('modelFromDiskNote')}</p>
      {copy ? (
        <>
          <Work
            what={t('copyingFile')}
            amount={[formatLoaded(copy.copiedBytes, copy.totalBytes)]}
            fraction={copy.totalBytes > 0 ? copy.copiedBytes / copy.totalBytes : 0}
          />
          <button type="button" onClick={() => running.current?.abort()}>
            {t('stop')}
          </button>
        </>
      ) : (
        <input
          type="file"
          accept=".gguf"
          aria-label={t('modelFromDisk')}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.item(0);
            if (file) void add(file);
          }}
        />
      )}
      {failure && <ModelsFailure error={failure} />}
    </div>
  );
}
