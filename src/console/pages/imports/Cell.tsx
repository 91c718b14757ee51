import { useState } from 'react';
import { Cites } from '../../parts/Cites.tsx';
import type { Row } from './types.ts';

interface Props {
  original: string;
  corrected: string | undefined;
  faults: Row['errors'];
  editable: boolean;
  onChange(text: string): void;
}

/**
 * One cell of the file: what it holds, changed in place, with its faults and their articles below. A plain input, since hundreds stand on a page;
 * it tells what was typed when it is left, so that typing draws nothing else.
 */
export function Cell({ original, corrected, faults, editable, onChange }: Props) {
  const [typed, setTyped] = useState<string>();
  const text = typed ?? corrected ?? original;
  // Told while it is typed: were it drawn only when the cell is left, the button just pressed would move away.
  const changed = text !== original;
  const state = changed ? 'corrected' : faults.length > 0 ? 'wrong' : '';
  return (
    <>
      {editable ? (
        <input
          className={`cell ${state}`}
          value={text}
          size={Math.max(6, Math.min(40, widthOf(text)))}
          aria-invalid={state === 'wrong'}
          aria-label={faults.map(({ message }) => message).join('；') || undefined}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={() => {
            if (typed !== undefined) onChange(typed);
            setTyped(undefined);
          }}
        />
      ) : (
        <span className={`cell ${state}`}>{text}</span>
      )}
      {changed && <div className="cell-was">原为：{original || '（空）'}</div>}
      {faults.map(({ code, message, cites }) => (
        <div key={`${code}${message}`} className="cell-fault">
          {message}
          <Cites cites={cites ?? []} />
        </div>
      ))}
    </>
  );
}

/** A Chinese character is as wide as two others. */
const widthOf = (text: string): number => [...text].reduce((width, c) => width + (c > '\u2e7f' ? 2 : 1), 1);
