import { Button } from 'antd';
import { useState } from 'react';
import { Money } from '../../parts/Money.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import type { Application } from '../../parts/subsidy/types.ts';
import { useKeys } from '../../parts/useKeys.ts';
import { useMe } from '../../session.ts';
import { Clock } from '../reviews/Clock.tsx';
import { type Act, offerOf, STEPS } from './acts.ts';
import { DecideDialog } from './DecideDialog.tsx';
import { EndDialog } from './EndDialog.tsx';
import { PayeeDialog } from './PayeeDialog.tsx';
import { StepDialog } from './StepDialog.tsx';
import type { Decisions } from './useDecisions.ts';

const OTHERS = { return: '退回补正 r', refuse: '不予补贴 d', payee: '补报收款账户' } as const;

interface Props {
  of: Application;
  decisions: Decisions;
  /** on to the next that waits */
  onward(): void;
}

/** What this person can do with the application, always in sight at the foot of the page; and why not, where they would check their own work. */
export function Acts({ of, decisions, onward }: Props) {
  const me = useMe();
  const [open, setOpen] = useState<Act>();
  const { main, others, why } = offerOf(of, me);
  const has = (act: Act) => others.includes(act);
  const ready = main !== 'decide' || !decisions.lacking;
  useKeys({
    a: () => main && ready && setOpen(main),
    r: () => has('return') && setOpen('return'),
    d: () => has('refuse') && setOpen('refuse'),
  });
  if (!main && others.length === 0 && !why) return null;
  const close = () => setOpen(undefined);
  const faults = [...of.checks, ...of.lines.flatMap(({ checks }) => checks)].filter((c) => c.verdict === 'fail').length;
  return (
    <>
      <section className="decide no-print" aria-label="办理">
        {main && (
          <Button type="primary" disabled={!ready} onClick={() => setOpen(main)}>
            {STEPS[main].word} a
          </Button>
        )}
        {others.map((act) => (
          <Button key={act} danger={act === 'refuse'} onClick={() => setOpen(act)}>
            {OTHERS[act as keyof typeof OTHERS]}
          </Button>
        ))}
        {why && <span>{why}。</span>}
        {main === 'decide' && (
          <span>
            核定合计 <Money value={decisions.total.toFixed(2)} withUnit />
            {decisions.lacking && <span className="hint">　{decisions.lacking}</span>}
          </span>
        )}
        {main && of.nextStep.dueOn && (
          <span>
            应办结 <Clock dueOn={of.nextStep.dueOn} />
          </span>
        )}
        {faults > 0 && <Toned tone="past">{faults} 处不符合规定</Toned>}
      </section>
      {open === 'decide' && <DecideDialog of={of} decisions={decisions} onClose={close} onDone={onward} />}
      {open && open !== 'decide' && open in STEPS && (
        <StepDialog step={open as 'review'} items={[of]} onClose={close} onDone={onward} />
      )}
      {(open === 'return' || open === 'refuse') && <EndDialog verb={open} of={of} onClose={close} />}
      {open === 'payee' && <PayeeDialog of={of} onClose={close} />}
    </>
  );
}
