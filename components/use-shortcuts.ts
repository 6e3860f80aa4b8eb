// The keys as the browser has them: read again whenever the reader comes back, who may have changed them meanwhile.
import { useEffect, useState } from 'preact/hooks';
import type { PanelPlatform } from '../lib/platform/panel.ts';
import type { Shortcut } from '../lib/platform/shortcuts.ts';

/** Empty until they are read. */
export function useShortcuts(platform: PanelPlatform): readonly Shortcut[] {
  const [shortcuts, setShortcuts] = useState<readonly Shortcut[]>([]);
  useEffect(() => {
    const read = () => void platform.shortcuts().then(setShortcuts);
    read();
    addEventListener('focus', read);
    return () => removeEventListener('focus', read);
  }, [platform]);
  return shortcuts;
}
