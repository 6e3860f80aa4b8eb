// What the panel says of each failure, and the one thing that it offers to do. Pure but for the catalogue.
import type { ErrorCode } from '../lib/errors.ts';
import { readMissingRoom } from '../lib/model/download/room.ts';
import { t } from '../lib/platform/i18n.ts';
import { formatBytes, formatFree } from './format.ts';

export interface FailureFace {
  what: string;
  advice: string;
  /**
   * paste: the field to paste text into. file: another PDF to read. allow: ask for the site. again: run again. turn-on: let the model load again, then run.
   * none: nothing but what the advice says.
   */
  action: 'paste' | 'file' | 'allow' | 'again' | 'turn-on' | 'none';
}

/** `detail` names the server of an error that is one's: its first word. Of a full disk it says what is needed. */
export function failureFace(code: ErrorCode, detail = ''): FailureFace {
  const host = /^\S+/.exec(detail)?.[0] ?? t('theServer');
  switch (code) {
    case 'no-content':
      return { what: t('noContent'), advice: t('pasteInstead'), action: 'paste' };
    case 'restricted-page':
      return { what: t('restrictedPage'), advice: t('pasteInstead'), action: 'paste' };
    case 'permission-needed':
      return { what: t('permissionNeeded'), advice: t('permissionAdvice'), action: 'allow' };
    case 'pdf-local':
      return { what: t('pdfLocal'), advice: t('pdfLocalAdvice'), action: 'file' };
    case 'pdf-not-fetched':
      return { what: t('pdfNotFetched'), advice: t('pdfSaveAdvice'), action: 'file' };
    case 'pdf-is-page':
      return { what: t('pdfIsPage'), advice: t('pdfSaveAdvice'), action: 'file' };
    case 'pdf-locked':
      return { what: t('pdfLocked'), advice: t('pdfLockedAdvice'), action: 'file' };
    case 'pdf-without-text':
      return { what: t('pdfWithoutText'), advice: t('pasteInstead'), action: 'paste' };
    case 'pdf-broken':
      return { what: t('pdfBroken'), advice: t('pdfOtherAdvice'), action: 'file' };
    case 'pdf-too-large':
      return { what: t('pdfTooLarge'), advice: t('pdfOtherAdvice'), action: 'file' };
    case 'transcript-closed':
      return { what: t('transcriptClosed'), advice: t('transcriptClosedAdvice'), action: 'again' };
    case 'stale-page':
      return { what: t('stalePage'), advice: t('stalePageAdvice'), action: 'again' };
    case 'unsupported':
    case 'wrong-numbers':
      return { what: t('unsupported'), advice: t('unsupportedAdvice'), action: 'again' };
    case 'no-such-pair':
      return { what: t('noModelForPair'), advice: t('chooseAnotherLanguage'), action: 'none' };
    case 'needs-model':
      return { what: t('needsModel'), advice: t('needsModelAdvice'), action: 'none' };
    case 'pack-missing':
      return { what: t('packMissing'), advice: t('packMissingAdvice'), action: 'again' };
    case 'offline':
      return { what: t('offline'), advice: t('downloadFailedAdvice'), action: 'again' };
    case 'download-failed':
      return { what: t('downloadFailed'), advice: t('downloadFailedAdvice'), action: 'again' };
    case 'storage-full':
      return { what: t('storageFull'), advice: roomAdvice(detail), action: 'again' };
    case 'model-corrupt':
      return { what: t('modelCorrupt'), advice: t('modelCorruptAdvice'), action: 'again' };
    case 'model-damaged':
      return { what: t('modelDamaged'), advice: t('modelDamagedAdvice'), action: 'none' };
    case 'load-failed':
      return { what: t('loadFailed'), advice: t('runAgainAdvice'), action: 'again' };
    case 'model-off':
      return { what: t('modelOff'), advice: t('modelOffAdvice'), action: 'turn-on' };
    case 'out-of-memory':
      return { what: t('outOfMemory'), advice: t('outOfMemoryAdvice'), action: 'again' };
    case 'device-lost':
      return { what: t('deviceLost'), advice: t('deviceLostAdvice'), action: 'again' };
    case 'timed-out':
      return { what: t('timedOut'), advice: t('runAgainAdvice'), action: 'again' };
    case 'input-too-long':
      return { what: t('inputTooLong'), advice: t('inputTooLongAdvice'), action: 'again' };
    case 'server-unreachable':
      return { what: t('serverUnreachable', host), advice: t('serverUnreachableAdvice'), action: 'again' };
    case 'server-refused':
      return { what: t('serverRefused', host), advice: t('serverRefusedAdvice'), action: 'again' };
    case 'server-without-model':
      return { what: t('serverWithoutModel', host), advice: t('serverWithoutModelAdvice'), action: 'again' };
    case 'server-busy':
      return { what: t('serverBusy', host), advice: t('serverBusyAdvice'), action: 'again' };
    case 'server-failed':
      return { what: t('serverFailed', host), advice: t('serverFailedAdvice'), action: 'again' };
    case 'server-garbled':
      return { what: t('serverGarbled', host), advice: t('serverGarbledAdvice'), action: 'again' };
    case 'browser-model-failed':
      return { what: t('browserModelFailed'), advice: t('browserModelFailedAdvice'), action: 'again' };
    case 'model-missing':
      return { what: t('modelMissing'), advice: t('modelMissingAdvice'), action: 'again' };
    case 'host-gone':
      return { what: t('hostGone'), advice: t('runAgainAdvice'), action: 'again' };
    case 'aborted':
    case 'internal':
      return { what: t('internalError'), advice: t('runAgainAdvice'), action: 'again' };
  }
}

function roomAdvice(detail: string): string {
  const room = readMissingRoom(detail);
  if (!room) return t('storageFullAdvice');
  const needed = formatBytes(room.neededBytes);
  return room.freeBytes === undefined
    ? t('roomNeededOnly', needed)
    : t('roomNeeded', needed, formatFree(room.freeBytes));
}
