// The engine's worker for models laid out as on the hub, at the address that every host knows.
import '../lib/engine/transformers-worker.ts';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';

export default defineUnlistedScript(() => undefined);
