// A worker that downloads models, at the address that every host knows.
import '../lib/engine/download-worker.ts';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';

export default defineUnlistedScript(() => undefined);
