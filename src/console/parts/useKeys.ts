import { useEffect } from 'react';

/** Single keys that do something on this page, e.g. `{ j: next, k: previous, a: consent }`; not while typing or with a modifier. */
export function useKeys(keys: Record<string, () => void>): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const at = event.target as HTMLElement;
      if (at.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="combobox"]')) return;
      // Enter on a link or button is that link's or button's.
      if (event.key === 'Enter' && at.closest('a, button')) return;
      const act = keys[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [keys]);
}
