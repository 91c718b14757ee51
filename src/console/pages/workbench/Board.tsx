import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useKeys } from '../../parts/useKeys.ts';
import type { Run } from '../reconciliations/run.ts';
import { KeyHelp } from '../reviews/KeyHelp.tsx';
import { acceptable, type Pairing, type Side, type Sides } from './desk.ts';
import { HandMatch } from './HandMatch.tsx';
import { ItemRow } from './ItemRow.tsx';
import { MarkBar, matchable } from './MarkBar.tsx';
import { PairingRow } from './PairingRow.tsx';
import { useCursor } from './useCursor.ts';
import type { useMatching } from './useMatching.ts';
import { VirtualList } from './VirtualList.tsx';

const KEYS: [string, string][] = [
  ['j / k', '下一笔／上一笔'],
  ['h / l', '左边一列／右边一列'],
  ['Enter', '接受中间的这一项；在两边，打开这笔差异'],
  ['x', '标记或取消；在中间，标记这一项的两边'],
  ['m', '人工核对已标记的款项'],
  ['c', '清除标记'],
  ['u', '查看已核对的款项，取消核对'],
  ['?', '显示本说明'],
];
const ROW = 58;
const PAIRING = 92;

interface Props {
  run: Run;
  sides: Sides;
  pairings: Pairing[];
  matching: ReturnType<typeof useMatching>;
  mayMatch: boolean;
  onUndo(): void;
}

/** The three lists side by side, one cursor over all, and what is marked with its sums at the foot. */
export function Board({ run, sides, pairings, matching, mayMatch, onUndo }: Props) {
  const go = useNavigate();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const [help, setHelp] = useState(false);
  const { match } = matching;
  const cursor = useCursor({ bank: sides.bank.length, pairings: pairings.length, ledger: sides.ledger.length });
  const pairing = cursor.active === 'pairings' ? pairings[cursor.place('pairings')] : undefined;
  const lit = useMemo(
    () => new Set([...(pairing?.bank ?? []), ...(pairing?.ledger ?? [])].map(({ id }) => id)),
    [pairing],
  );
  const marked: Sides = {
    bank: sides.bank.filter(({ id }) => chosen.has(id)),
    ledger: sides.ledger.filter(({ id }) => chosen.has(id)),
  };
  const toggle = (ids: string[]) => {
    const all = ids.every((id) => chosen.has(id));
    const next = new Set(chosen);
    for (const id of ids) all ? next.delete(id) : next.add(id);
    setChosen(next);
  };
  const clear = () => setChosen(new Set());
  const accept = (one: Pairing | undefined) => {
    if (one && mayMatch && acceptable(one) && !match.isPending)
      match.mutate({ bank: one.bank, ledger: one.ledger, reason: `${one.label}：${one.reason}` });
  };
  const here =
    cursor.active && cursor.active !== 'pairings' ? sides[cursor.active][cursor.place(cursor.active)] : undefined;
  useKeys({
    j: () => cursor.move(1),
    k: () => cursor.move(-1),
    ArrowDown: () => cursor.move(1),
    ArrowUp: () => cursor.move(-1),
    h: () => cursor.turn(-1),
    l: () => cursor.turn(1),
    Enter: () => (pairing ? accept(pairing) : here?.differenceId && go(`/differences/${here.differenceId}`)),
    x: () => {
      if (!mayMatch) return;
      if (here) toggle([here.id]);
      else if (pairing && pairing.rule !== 'ambiguous') toggle([...lit]);
    },
    m: () => mayMatch && matchable(marked) && setAsking(true),
    c: clear,
    u: onUndo,
    '?': () => setHelp(true),
  });
  // Beside a pairing, its first item on either side is brought into sight.
  const inSight = (side: Side) => (pairing ? sides[side].findIndex(({ id }) => lit.has(id)) : cursor.of(side));
  const list = (side: Side, label: string, empty: string) => (
    <VirtualList
      label={label}
      items={sides[side]}
      keyOf={({ id }) => id}
      rowHeight={ROW}
      at={cursor.active === side ? cursor.of(side) : -1}
      inSight={inSight(side)}
      empty={empty}
      onChoose={(index) => cursor.go(side, index)}
      row={(item) => (
        <ItemRow
          item={item}
          poolCode={run.poolCode}
          marked={chosen.has(item.id)}
          lit={lit.has(item.id)}
          mayMark={mayMatch}
          onMark={() => toggle([item.id])}
        />
      )}
    />
  );
  return (
    <>
      <ProblemAlert error={match.error} />
      <div className="board">
        <h2>银行 {sides.bank.length} 笔</h2>
        <h2>
          可能的核对 {pairings.length} 项
          <Button type="link" size="small" className="no-print" onClick={() => setHelp(true)}>
            键盘操作 ?
          </Button>
        </h2>
        <h2>账面 {sides.ledger.length} 笔</h2>
        {list('bank', '银行未核对的明细', '银行的每一笔都已核对')}
        <VirtualList
          label="可能的核对"
          items={pairings}
          keyOf={({ key }) => key}
          rowHeight={PAIRING}
          at={cursor.of('pairings')}
          inSight={cursor.of('pairings')}
          empty="没有待判断的配对。两边余下的是只有一方有的款项：标记后人工核对，或按差异处理。"
          onChoose={(index) => cursor.go('pairings', index)}
          row={(one) => (
            <PairingRow pairing={one} mayAccept={mayMatch} busy={match.isPending} onAccept={() => accept(one)} />
          )}
        />
        {list('ledger', '账面未核对的分录', '账面的每一笔都已核对')}
      </div>
      {mayMatch && <MarkBar marked={marked} onMatch={() => setAsking(true)} onClear={clear} />}
      {asking && <HandMatch marked={marked} act={match} onDone={clear} onClose={() => setAsking(false)} />}
      <KeyHelp keys={KEYS} open={help} onClose={() => setHelp(false)} />
    </>
  );
}
