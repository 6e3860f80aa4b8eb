// The tab that the panel stands beside, as the browser tells it.
import { useEffect, useState } from 'preact/hooks';
import type { PanelPlatform } from '../lib/platform/panel.ts';
import type { ActiveTab } from '../lib/platform/tabs.ts';

/** null until the browser has said. */
export function useActiveTab(platform: PanelPlatform): ActiveTab | null {
  const [tab, setTab] = useState<ActiveTab | null>(null);
  useEffect(() => platform.onActiveTab(setTab), [platform]);
  return tab;
}
