// A worker that reads one PDF, at the address that the panel knows.
import '../lib/document/pdf-worker.ts';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';

export default defineUnlistedScript(() => undefined);
