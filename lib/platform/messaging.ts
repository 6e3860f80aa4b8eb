// One-shot requests between the extension's contexts: the typed map `Requests`, carried by the browser's messages.
// A message reaches every context; it is answered only where it is handled, and only for the senders named here.
// Knows no request's meaning. What streams uses a port (lib/engine/port.ts).
import { browser } from 'wxt/browser';
import { within } from '../engine/abortable.ts';
import { object, string } from '../engine/schema.ts';
import { AppError, fromWire, toWire } from '../errors.ts';
import type { WireError } from '../errors.ts';
import type { Requests } from '../requests.ts';
import { ARGUMENTS } from './payloads.ts';
import { classifySender } from './sender.ts';
import type { Sender, SenderClass } from './sender.ts';

export type Request = keyof Requests;
export type Answer<R extends Request> = Awaited<ReturnType<Requests[R]>>;
/** `host`: the context that owns the engine's workers. The last three are content scripts in a frame of a visited page. */
type Target = 'background' | 'host' | 'panel' | FrameTarget;
export type FrameTarget = 'page' | 'page-translation' | 'card';

/** Where each request is handled, and who may send it. The whole message surface of the extension. */
export const REQUESTS = {
  ensureHost: { target: 'background', from: ['extension', 'content-script'] },
  hostReady: { target: 'background', from: ['extension'] },
  takeIntent: { target: 'background', from: ['extension'] },
  readPackMirror: { target: 'background', from: ['extension'] },
  readModelSettings: { target: 'background', from: ['extension'] },
  changeModelSettings: { target: 'background', from: ['extension'] },
  readCrashRecord: { target: 'background', from: ['extension'] },
  writeCrashRecord: { target: 'background', from: ['extension'] },
  pingHost: { target: 'host', from: ['extension', 'content-script'] },
  tabGone: { target: 'host', from: ['extension'] },
  pageGone: { target: 'host', from: ['content-script'] },
  rewritesFreely: { target: 'host', from: ['content-script'] },
  readsAhead: { target: 'host', from: ['extension'] },
  translatingModel: { target: 'host', from: ['extension', 'content-script'] },
  readPage: { target: 'page', from: ['extension'] },
  readSelection: { target: 'page', from: ['extension'] },
  showQuote: { target: 'page', from: ['extension'] },
  detectPageLanguage: { target: 'page', from: ['extension'] },
  translatePage: { target: 'page-translation', from: ['extension'] },
  readPageTranslation: { target: 'page-translation', from: ['extension'] },
  changePageTranslation: { target: 'page-translation', from: ['extension'] },
  pageTranslationChanged: { target: 'panel', from: ['content-script'] },
  translateSelection: { target: 'card', from: ['extension'] },
  rewriteText: { target: 'card', from: ['extension'] },
  showInPanel: { target: 'background', from: ['content-script'] },
  openOptions: { target: 'background', from: ['content-script'] },
} as const satisfies Record<Request, { target: Target; from: readonly SenderClass[] }>;

export type RequestsOf<T extends Target> = {
  [R in Request]: (typeof REQUESTS)[R]['target'] extends T ? R : never;
}[Request];

/** Whoever asks waits no longer: the other context may hang, and a browser does not always tell that it has gone. */
const ANSWER_MS = 20_000;
/** These have deadlines of their own within: a document is started, storage is asked, the machine is probed. */
const START_MS = 60_000;
const SLOW: readonly Request[] = ['ensureHost', 'rewritesFreely', 'readsAhead', 'translatingModel'];

/** A function per request of the target; the sender comes last. What it throws reaches the caller as an AppError. */
export type Handlers<T extends Target> = {
  [R in RequestsOf<T>]: (...args: [...Parameters<Requests[R]>, Sender]) => Answer<R> | Promise<Answer<R>>;
};

interface Message {
  target: Target;
  request: Request;
  args: unknown[];
}

type Reply = { ok: true; value: unknown } | { ok: false; error: WireError };

/** Asks another context of the extension. Throws what its handler threw, `host-gone` where nobody answers, `timed-out`. */
export async function send<R extends RequestsOf<'background' | 'host' | 'panel'>>(
  request: R,
  ...args: Parameters<Requests[R]>
): Promise<Answer<R>> {
  const message: Message = { target: REQUESTS[request].target, request, args };
  const reply = browser.runtime.sendMessage<Message, Reply | undefined>(message).catch((cause: unknown) => {
    throw new AppError('host-gone', `nobody answered ${request}`, { cause });
  });
  return unwrap<R>(await inTime(request, reply));
}

/** Asks a content script in one frame of a tab. Throws what its handler threw, `stale-page` where nobody answers, `timed-out`. */
export async function sendToFrame<R extends RequestsOf<FrameTarget>>(
  frame: Frame,
  request: R,
  ...args: Parameters<Requests[R]>
): Promise<Answer<R>> {
  const reply = postToFrame(frame, request, args).catch((cause: unknown) => {
    throw new AppError('stale-page', 'the page did not answer', { cause });
  });
  return unwrap<R>(await inTime(request, reply));
}

/** The same where a script may not run in the frame yet: null where nobody answers. Throws `timed-out`. */
export async function askIfThere<R extends RequestsOf<FrameTarget>>(
  frame: Frame,
  request: R,
  ...args: Parameters<Requests[R]>
): Promise<{ value: Answer<R> } | null> {
  const reply = await inTime(
    request,
    postToFrame(frame, request, args).catch(() => undefined),
  );
  return reply ? { value: unwrap<R>(reply) } : null;
}

interface Frame {
  tabId: number;
  frameId: number;
}

function postToFrame(frame: Frame, request: RequestsOf<FrameTarget>, args: unknown[]): Promise<Reply | undefined> {
  const message: Message = { target: REQUESTS[request].target, request, args };
  return browser.tabs.sendMessage<Message, Reply | undefined>(frame.tabId, message, { frameId: frame.frameId });
}

function inTime<T>(request: Request, reply: Promise<T>): Promise<T> {
  return within(SLOW.includes(request) ? START_MS : ANSWER_MS, `no answer to ${request}`, reply);
}

/** Answers the target's requests in this context. Call it once, in the first turn of the script. */
export function handle<T extends Target>(target: T, handlers: Handlers<T>): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Sender, reply: (answer: Reply) => void) => {
    if (!isFor(target, message)) return undefined;
    const { request, args } = message;
    const from = classifySender(sender);
    if (!from || !(REQUESTS[request].from as readonly SenderClass[]).includes(from)) return undefined;
    if (!ARGUMENTS[request](args)) {
      reply({ ok: false, error: { code: 'internal', detail: `malformed ${request}` } });
      return undefined;
    }
    const handler = handlers[request as RequestsOf<T>] as (...args: unknown[]) => unknown;
    // In this turn: a gesture that the message carries ends with it.
    void new Promise((resolve) => resolve(handler(...args, sender))).then(
      (value) => reply({ ok: true, value: value ?? null }),
      (error: unknown) => reply({ ok: false, error: toWire(error) }),
    );
    return true; // the reply comes later
  });
}

const isMessage = object<Record<'target' | 'request', string>>({ target: string, request: string });

function isFor(target: Target, message: unknown): message is Message {
  return (
    isMessage(message) &&
    message.target === target &&
    Object.hasOwn(REQUESTS, message.request) &&
    REQUESTS[message.request as Request].target === target
  );
}

function unwrap<R extends Request>(reply: Reply | undefined): Answer<R> {
  if (!reply) throw new AppError('host-gone', 'nobody handles the request');
  if (!reply.ok) throw fromWire(reply.error);
  return reply.value as Answer<R>;
}
