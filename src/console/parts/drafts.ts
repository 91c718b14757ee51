import { api } from '../api.ts';

/** What was typed since it was last kept, by the draft's key. */
const unkept = new Map<string, object>();

/** What is under way for a draft: whoever asks for it or discards it waits, so that a late answer never brings back what was sent. */
const underWay = new Map<string, Promise<unknown>>();

function begun<T>(key: string, mine: Promise<T>): Promise<T> {
  underWay.set(key, Promise.allSettled([underWay.get(key), mine]));
  return mine;
}

/** Does something about a draft after whatever is under way for it. */
export const inTurn = <T>(key: string, act: () => Promise<T>): Promise<T> =>
  begun(key, (underWay.get(key) ?? Promise.resolve()).then(act));

/** Notes what is to be kept at the next flush. */
export const note = (key: string, body: object): void => void unkept.set(key, body);

/** Forgets what was noted: it was sent, or is somebody else's. */
export function forget(key?: string): void {
  if (key === undefined) unkept.clear();
  else unkept.delete(key);
}

/**
 * Keeps on the server whatever is not kept yet. What cannot be kept now (no network, the session has ended) stays noted for the next flush: at the next pause, when
 * the page is hidden or loses the focus, when one is back in, before one logs out.
 */
export async function flush(): Promise<void> {
  await Promise.all(
    [...unkept].map(async ([key, body]) => {
      try {
        // At once: a page that is being left has no later.
        await begun(key, api.drafts[':key'].$put({ param: { key }, json: { body } }, { init: { keepalive: true } }));
        if (unkept.get(key) === body) unkept.delete(key);
      } catch {}
    }),
  );
}

const leaving = (): void => void flush();
window.addEventListener('pagehide', leaving);
window.addEventListener('blur', leaving);
document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && leaving());
