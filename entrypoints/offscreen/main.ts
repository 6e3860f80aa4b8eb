// Chrome's host of the engine: the offscreen document. It only wires; of the browser it has nothing but chrome.runtime.
import { storageOfBackground } from '../../lib/platform/host-storage.ts';
import { startHost } from '../../lib/platform/host.ts';

startHost(storageOfBackground());
