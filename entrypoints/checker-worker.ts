// A worker that checks grammar, at the address that every host knows.
import '../lib/engine/checker-worker.ts';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';

export default defineUnlistedScript(() => undefined);
