import { api } from '../api.ts';

/** What was typed since it was last kept, by the draft's key. */
const unkept = new Map<string, object>();

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
        await api.drafts[':key'].$put({ param: { key }, json: { body } }, { init: { keepalive: true } });
        if (unkept.get(key) === body) unkept.delete(key);
      } catch {}
    }),
  );
}

const leaving = (): void => void flush();
window.addEventListener('pagehide', leaving);
window.addEventListener('blur', leaving);
document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && leaving());
