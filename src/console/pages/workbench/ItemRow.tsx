import { Checkbox, Tag } from 'antd';
import { Link } from 'react-router';
import { Money } from '../../parts/Money.tsx';
import { STATUSES } from '../differences/words.ts';
import { entryAt } from '../ledger/links.ts';
import type { Item } from './desk.ts';

interface Props {
  item: Item;
  poolCode: string;
  marked: boolean;
  /** part of the pairing that one looks at */
  lit: boolean;
  mayMark: boolean;
  onMark(): void;
}

/** One open item: day and amount above, whom it is with and what about below. */
export function ItemRow({ item, poolCode, marked, lit, mayMark, onMark }: Props) {
  const { on, bookedOn, direction, amount, text, number, reference, differenceId, differenceStatus, beyond } = item;
  const signed = direction === 'in' ? amount : `-${amount}`;
  return (
    <div className={['item', marked && 'marked', lit && 'lit'].filter(Boolean).join(' ')}>
      {mayMark && (
        <Checkbox
          checked={marked}
          aria-label={`标记 ${on} ${signed}`}
          onClick={(event) => event.stopPropagation()}
          onChange={({ nativeEvent }) => {
            // Keys stay the page's.
            (nativeEvent.target as HTMLElement).blur();
            onMark();
          }}
        />
      )}
      <div className="item-said">
        <div className="item-line">
          <span className="clock">{on}</span>
          {bookedOn && <span className="hint">{bookedOn} 记账</span>}
          {beyond && <Tag>月后</Tag>}
          {differenceId && (
            <Link to={`/differences/${differenceId}`} className="item-difference">
              差异 {STATUSES[differenceStatus ?? '']?.[0]}
            </Link>
          )}
          <strong>
            <Money value={signed} />
          </strong>
        </div>
        <div className="item-line hint">
          <span className="item-text" title={text}>
            {text || '（无摘要）'}
          </span>
          {reference ? (
            <Link to={entryAt(poolCode, reference)} className="item-number" title={number ?? undefined}>
              凭证 {item.id.split(':')[0]}
            </Link>
          ) : (
            <span className="item-number" title={number ?? undefined}>
              {number?.slice(-6) ?? ''}
            </span>
          )}
        </div>
      </div>
    </div>
  );
}
