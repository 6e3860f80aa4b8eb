// Where models and language packs are downloaded from: as the reader says, unless their organisation has laid it down.
import { hubAddress } from '../model/hub/hub.ts';
import { baseUrl } from '../model/packs/server.ts';
import { readPolicy } from './policy.ts';
import { loadSettings, saveSettings, type Settings } from './settings.ts';

export type SourceKey = keyof Pick<Settings, 'hubEndpoint' | 'packMirror'>;

export interface Source {
  /** '' for the usual place. */
  address: string;
  /** Host of the usual place. */
  usual: string;
  /** By the reader's organisation: not for them to change. */
  isLaidDown: boolean;
}

export interface SourcesPlatform {
  readSources(): Promise<Record<SourceKey, Source>>;
  /** '' for the usual place. */
  changeSource(key: SourceKey, address: string): Promise<void>;
}

const USUAL: Record<SourceKey, string> = { hubEndpoint: hubAddress(''), packMirror: baseUrl('') };

export const sourcesPlatform: SourcesPlatform = {
  async readSources() {
    const [settings, policy] = await Promise.all([loadSettings(), readPolicy()]);
    const source = (key: SourceKey): Source => ({
      address: settings[key],
      usual: new URL(USUAL[key]).host,
      isLaidDown: policy[key] !== undefined,
    });
    return { hubEndpoint: source('hubEndpoint'), packMirror: source('packMirror') };
  },
  changeSource: (key, address) => saveSettings({ [key]: address }),
};
