// What is being done, how far it is and how long it will take: two lines and a bar, whatever is known.
import { Parts } from './Parts.tsx';

interface Props {
  what: string;
  left?: string;
  amount?: string[];
  /** 0 to 1; absent while unknown. */
  fraction?: number;
}

/** As high with nothing known as with all of it, so that nothing below moves. */
export function Work({ what, left = '', amount = [], fraction }: Props) {
  return (
    <div class="activity">
      <p>{what}</p>
      <p>{left}</p>
      <progress aria-label={what} value={fraction} max={1} />
      <p class="amount">
        <Parts parts={amount} />
      </p>
    </div>
  );
}
