import { Button } from 'antd';
import { Money } from '../../parts/Money.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { Clock } from './Clock.tsx';
import type { Review } from './types.ts';

interface Props {
  review: Review;
  busy: boolean;
  onConsent(): void;
  onRefuse(): void;
}

/** The decision, always in sight at the foot of the page. */
export function DecideBar({ review: { filing, clock, headroom }, busy, onConsent, onRefuse }: Props) {
  const failed = filing.checks.filter(({ verdict }) => verdict === 'fail').length;
  return (
    <section className="decide no-print" aria-label="审核结论">
      <Button type="primary" loading={busy} onClick={onConsent}>
        同意 a
      </Button>
      <Button danger onClick={onRefuse}>
        不同意 r
      </Button>
      <span>
        备案金额 <Money value={filing.countedPrincipal} withUnit />
      </span>
      <span>
        应办结 <Clock dueOn={clock.dueOn} />
      </span>
      {failed > 0 && <Toned tone="past">{failed} 项核查不通过</Toned>}
      {headroom && !headroom.enough && <Toned tone="past">可用额度不足</Toned>}
    </section>
  );
}
