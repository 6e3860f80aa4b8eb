// Chrome's host of the engine: the offscreen document. It only wires; of the browser it has nothing but chrome.runtime.
import { startHost } from '../../lib/platform/host.ts';

startHost();
