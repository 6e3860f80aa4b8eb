// The PDF that is read for the tab in front: a file of the reader's in place of the page, or the one that the tab shows.
import { useEffect, useState } from 'preact/hooks';
import type { OpenDocument } from '../lib/platform/documents.ts';
import type { PanelPlatform } from '../lib/platform/panel.ts';

/** null where none is. */
export function useOpenDocument(platform: PanelPlatform, tabId: number | null): OpenDocument | null {
  const [documents, setDocuments] = useState<ReadonlyMap<number, OpenDocument>>(new Map());
  useEffect(
    () =>
      platform.onDocument((of, document) =>
        setDocuments((before) => {
          const after = new Map(before);
          if (document) after.set(of, document);
          else after.delete(of);
          return after;
        }),
      ),
    [platform],
  );
  return (tabId !== null && documents.get(tabId)) || null;
}
