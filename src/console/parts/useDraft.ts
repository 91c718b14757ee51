import { useEffect, useRef, useState } from 'react';
import { api, ask, Problem } from '../api.ts';

const PAUSE_MS = 800;

/**
 * What one is typing, kept on the server a moment after each pause, so that it is still there when the session has ended or on another machine.
 * `ready` once a kept draft has been fetched; `discard` after it was sent. `key` like `filing` or `mapping:loanFilings`.
 */
export function useDraft<T extends object>(key: string, initial: T) {
  const [value, setValue] = useState<T>(initial);
  const [ready, setReady] = useState(false);
  const [found, setFound] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    let here = true;
    void ask(api.drafts[':key'].$get({ param: { key } }))
      .then(({ body }) => {
        if (!here) return;
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
    };
  }, [key]);

  const save = (next: T) => {
    setValue(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      // What cannot be kept now is kept at the next pause; the page still has it.
      void api.drafts[':key'].$put({ param: { key }, json: { body: next as Record<string, unknown> } }).catch(() => {});
    }, PAUSE_MS);
  };
  const discard = async () => {
    clearTimeout(timer.current);
    setFound(false);
    setValue(initial);
    await api.drafts[':key'].$delete({ param: { key } });
  };
  return { value, save, discard, ready, found };
}
