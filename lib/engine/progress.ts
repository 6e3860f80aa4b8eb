// The law that progress never falls, for streams that are put together from several sources.
import type { ProgressEvent, TaskEvent } from '../protocol.ts';

const ORDER: ProgressEvent['phase'][] = ['loading', 'reading', 'writing', 'checking'];

/** Of one run: raises what would fall to the furthest point so far, keeping what else it says. */
export function rising(): <E extends TaskEvent>(event: E) => E {
  let furthest: Pick<ProgressEvent, 'phase' | 'fraction'> = { phase: 'loading', fraction: 0 };
  return (event) => {
    if (event.kind !== 'progress') return event;
    const { phase, fraction } = event;
    const ahead = ORDER.indexOf(phase) - ORDER.indexOf(furthest.phase) || fraction - furthest.fraction;
    if (ahead < 0) return { ...event, ...furthest };
    furthest = { phase, fraction };
    return event;
  };
}
