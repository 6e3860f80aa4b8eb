// The background: answers gestures, opens the panel, makes sure that the engine's host runs. It holds no state, so its death
// costs nothing. In Firefox it is itself the host.
import { defineBackground } from 'wxt/utils/define-background';
import { registerAutoTranslate } from '../lib/platform/auto-translate.ts';
import { registerCommands } from '../lib/platform/commands.ts';
import { readCrashRecord, writeCrashRecord } from '../lib/platform/crash-record.ts';
import { ensureHost, forwardTabGone, hostReady } from '../lib/platform/ensure-host.ts';
import { registerFirstRun } from '../lib/platform/first-run.ts';
import { startHost } from '../lib/platform/host.ts';
import { openOptions, showInPanel } from '../lib/platform/gestures.ts';
import { takeIntent } from '../lib/platform/intent.ts';
import { ownStorage } from '../lib/platform/own-storage.ts';
import { registerMenus } from '../lib/platform/menus.ts';
import { handle } from '../lib/platform/messaging.ts';
import { registerOmnibox } from '../lib/platform/omnibox.ts';
import { changeModelSettings, readModelSettings } from '../lib/platform/model-settings.ts';
import { readPackMirror } from '../lib/platform/settings.ts';

export default defineBackground({
  persistent: true,
  main() {
    // All listeners in the first turn: a service worker is woken by an event and must already be listening.
    handle('background', {
      ensureHost,
      hostReady,
      takeIntent,
      readPackMirror,
      readModelSettings,
      changeModelSettings,
      readCrashRecord,
      writeCrashRecord,
      showInPanel,
      openOptions,
    });
    registerCommands();
    registerMenus();
    registerOmnibox();
    registerAutoTranslate();
    registerFirstRun();
    if (import.meta.env.FIREFOX) startHost(ownStorage());
    else forwardTabGone();
  },
});
