import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { formatYuan, money, sum } from '../../../money/money.ts';
import { Money } from '../../parts/Money.tsx';
import { demandOf } from './BatchesPage.tsx';
import { countOf } from './progress.ts';
import type { Batch, Board } from './types.ts';

/** A batch in figures: how many asked for how much, what the budget had, what was shared out and paid. */
export function BatchFigures({ board, batch }: { board: Board; batch: Batch | undefined }) {
  const search = new URLSearchParams({
    ...{ view: 'all', scheme: board.scheme, year: `${board.year}`, batchNo: `${board.batchNo}` },
  });
  const demand = demandOf(board, batch);
  const later = sum(board.states.map(({ granted }) => money(granted)));
  return (
    <div className="figures three">
      <Figure label="申请">
        <Link to={`/subsidies?${search}`}>{board.applications} 项</Link>
        <span className="hint">　不予补贴 {countOf(board, 'refused')} 项</span>
      </Figure>
      <Figure label={batch ? '补贴企业' : '拟补贴企业'}>
        {batch ? `${batch.enterprises} 家` : `${board.enterprises} 家`}
      </Figure>
      <Figure label={batch ? '需求（核定金额）' : '需求（至今）'}>
        <Money value={demand} withUnit />
      </Figure>
      {batch?.available && (
        <Figure label="分配时可用预算">
          <Link to={`/budgets?year=${board.year}`}>
            <Money value={batch.available} withUnit />
          </Link>
        </Figure>
      )}
      <Figure label="预算分配">
        <Money value={batch?.granted ?? null} withUnit={Boolean(batch?.granted)} />
        {batch?.granted && later.gt(batch.granted) && <span className="hint">　补充分配后 {formatYuan(later)} 元</span>}
      </Figure>
      <Figure label="已拨付">
        {batch ? <Money value={batch.paid} withUnit /> : '—'}
        {batch && batch.paidEnterprises > 0 && <span className="hint">　{batch.paidEnterprises} 家</span>}
      </Figure>
    </div>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <div className="hint">{label}</div>
      <strong className="batch-figure">{children}</strong>
    </div>
  );
}
