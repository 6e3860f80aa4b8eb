// Why a model could not be fetched or copied, and what to do. The button to try again stands where it was.
import type { WireError } from '../lib/errors.ts';
import { modelFailure } from './models.ts';

interface Props {
  error: WireError;
}

export function ModelsFailure({ error }: Props) {
  const { what, advice } = modelFailure(error);
  // The advice says all of it.
  const detail = error.code === 'storage-full' ? '' : error.detail;
  return (
    <div class="failure" role="alert">
      <h4>{what}</h4>
      <p>{advice}</p>
      {detail !== '' && <p class="quiet detail">{detail}</p>}
    </div>
  );
}
