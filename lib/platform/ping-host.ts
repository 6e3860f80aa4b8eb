// Asks the engine's host itself whether it is there, without waking the background.
import { within } from '../engine/abortable.ts';
import { send } from './messaging.ts';

/** A host never computes, so it answers at once; this is for a machine that is swapping. */
const ANSWER_DEADLINE_MS = 5_000;

/** True when it listens; false where there is none, or one that hangs. */
export function hostAnswers(): Promise<boolean> {
  return within(ANSWER_DEADLINE_MS, 'the engine host does not answer', send('pingHost')).then(
    () => true,
    () => false,
  );
}
