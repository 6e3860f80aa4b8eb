// A worker that translates, at the address that every host knows.
import '../lib/engine/translation-worker.ts';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';

export default defineUnlistedScript(() => undefined);
