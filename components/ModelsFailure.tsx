// Why a model could not be fetched or copied, and what to do. The button to try again stands where it was.
import type { WireError } from '../lib/errors.ts';
import { modelFailure } from './models.ts';

interface Props {
  error: WireError;
  neededBytes: number;
  freeBytes: number | null;
}

export function ModelsFailure({ error, neededBytes, freeBytes }: Props) {
  const { what, advice } = modelFailure(error, neededBytes, freeBytes);
  return (
    <div class="failure" role="alert">
      <h4>{what}</h4>
      <p>{advice}</p>
      {error.detail !== '' && <p class="quiet detail">{error.detail}</p>}
    </div>
  );
}
