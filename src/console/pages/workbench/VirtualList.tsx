import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';

interface Props<T> {
  label: string;
  items: T[];
  keyOf(item: T): string;
  /** px, the same for all */
  rowHeight: number;
  /** where the cursor is, -1 where it is not */
  at: number;
  /** the one that is to be in sight, -1 for none */
  inSight: number;
  empty: ReactNode;
  row(item: T): ReactNode;
  onChoose(index: number): void;
}

/** So many rows beyond what is in sight, above and below. */
const SPARE = 6;

/** A long list of which only what is in sight is drawn, so that thousands of rows scroll like ten. */
export function VirtualList<T>({ label, items, keyOf, rowHeight, at, inSight, empty, row, onChoose }: Props<T>) {
  const box = useRef<HTMLElement>(null);
  const [{ top, height }, setView] = useState({ top: 0, height: 600 });
  useLayoutEffect(() => {
    const element = box.current!;
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const resize = new ResizeObserver(look);
    resize.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      resize.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  useEffect(() => {
    const element = box.current!;
    if (inSight < 0 || inSight >= items.length) return;
    const [above, below] = [inSight * rowHeight, (inSight + 1) * rowHeight];
    if (above < element.scrollTop) element.scrollTop = above;
    else if (below > element.scrollTop + element.clientHeight) element.scrollTop = below - element.clientHeight;
  }, [inSight, items.length, rowHeight]);
  const first = Math.max(0, Math.floor(top / rowHeight) - SPARE);
  const last = Math.min(items.length, Math.ceil((top + height) / rowHeight) + SPARE);
  return (
    <section ref={box} className="virtual" aria-label={label}>
      {items.length === 0 && <p className="virtual-empty">{empty}</p>}
      <ul className="virtual-all" style={{ height: items.length * rowHeight }}>
        {items.slice(first, last).map((item, i) => (
          <li
            key={keyOf(item)}
            aria-setsize={items.length}
            aria-posinset={first + i + 1}
            aria-current={first + i === at}
            className={first + i === at ? 'virtual-row current' : 'virtual-row'}
            style={{ top: (first + i) * rowHeight, height: rowHeight }}
            onPointerDown={() => onChoose(first + i)}
          >
            {row(item)}
          </li>
        ))}
      </ul>
    </section>
  );
}
