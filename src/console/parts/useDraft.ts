import { useEffect, useRef, useState } from 'react';
import { api, ask, Problem } from '../api.ts';
import { flush, forget, inTurn, note } from './drafts.ts';

const PAUSE_MS = 800;

/**
 * What one is typing, kept on the server a moment after each pause and whenever one turns away (`drafts.ts`), so that it is still there when the session has ended
 * or on another machine. `ready` once a kept draft has been looked for; `discard` after it was sent. `key` like `filing` or `mapping:loanfilings`.
 */
export function useDraft<T extends object>(key: string, initial: T) {
  const [value, setValue] = useState<T>(initial);
  const [ready, setReady] = useState(false);
  const [found, setFound] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    let here = true;
    setReady(false);
    setFound(false);
    setValue(initial);
    void inTurn(key, () => ask(api.drafts[':key'].$get({ param: { key } })))
      .then(({ body }) => {
        if (!here || body === null) return;
        setValue(body as T);
        setFound(true);
      })
      .catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error;
      })
      .finally(() => here && setReady(true));
    return () => {
      here = false;
      clearTimeout(timer.current);
      void flush();
    };
  }, [key]);

  const save = (next: T) => {
    setValue(next);
    note(key, next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), PAUSE_MS);
  };
  const discard = async () => {
    clearTimeout(timer.current);
    forget(key);
    setFound(false);
    setValue(initial);
    await inTurn(key, () => api.drafts[':key'].$delete({ param: { key } }));
  };
  return { value, save, discard, ready, found };
}
