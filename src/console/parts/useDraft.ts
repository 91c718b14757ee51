import { useEffect, useRef, useState } from 'react';
import { api, ask, Problem } from '../api.ts';

const PAUSE_MS = 800;

/** What cannot be kept now is kept at the next pause; the page still has it. */
const keep = (key: string, body: object): void =>
  void api.drafts[':key'].$put({ param: { key }, json: { body } }, { init: { keepalive: true } }).catch(() => {});

/**
 * What one is typing, kept on the server a moment after each pause and when one leaves, so that it is still there when the session has ended or
 * on another machine. `ready` once a kept draft has been looked for; `discard` after it was sent. `key` like `filing` or `mapping:loanfilings`.
 */
export function useDraft<T extends object>(key: string, initial: T) {
  const [value, setValue] = useState<T>(initial);
  const [ready, setReady] = useState(false);
  const [found, setFound] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const unkept = useRef<T>(undefined);

  useEffect(() => {
    let here = true;
    setReady(false);
    setFound(false);
    setValue(initial);
    void ask(api.drafts[':key'].$get({ param: { key } }))
      .then(({ body }) => {
        if (!here || body === null) return;
        setValue(body as T);
        setFound(true);
      })
      .catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error;
      })
      .finally(() => here && setReady(true));
    const leave = () => {
      clearTimeout(timer.current);
      if (unkept.current) keep(key, unkept.current);
      unkept.current = undefined;
    };
    window.addEventListener('pagehide', leave);
    return () => {
      here = false;
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [key]);

  const save = (next: T) => {
    setValue(next);
    unkept.current = next;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      unkept.current = undefined;
      keep(key, next);
    }, PAUSE_MS);
  };
  const discard = async () => {
    clearTimeout(timer.current);
    unkept.current = undefined;
    setFound(false);
    setValue(initial);
    await api.drafts[':key'].$delete({ param: { key } });
  };
  return { value, save, discard, ready, found };
}
