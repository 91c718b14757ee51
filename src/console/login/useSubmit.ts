import { useState } from 'react';
import { Problem } from '../api.ts';

/** A form before the console: sends once at a time and keeps what the server refused. */
export function useSubmit<I = void>(work: (input: I) => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Problem>();
  const submit = async (input: I) => {
    setBusy(true);
    setError(undefined);
    try {
      await work(input);
    } catch (caught) {
      if (!(caught instanceof Problem)) throw caught;
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return { submit, busy, error };
}
