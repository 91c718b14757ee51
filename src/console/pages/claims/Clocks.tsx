import { Table } from 'antd';
import type { Cite } from '../../api.ts';
import { Cites } from '../../parts/Cites.tsx';
import { type Tone, Toned } from '../../parts/StateTag.tsx';
import { Clock } from '../reviews/Clock.tsx';
import type { Claim } from './types.ts';

type Step = Claim['clocks'][number];

const STATES: Record<Step['state'], [string, Tone]> = {
  waiting: ['未开始', 'plain'],
  running: ['办理中', 'near'],
  late: ['已超期', 'past'],
  done: ['按期办结', 'within'],
  doneLate: ['超期办结', 'past'],
};

/** 办理时限: each step in working days, when it is due and whether it was in time; the day a step begins does not count. */
export function Clocks({ clocks, cites }: { clocks: Step[]; cites: Cite[] }) {
  if (clocks.length === 0) return null;
  return (
    <section aria-label="办理时限">
      <h2>
        办理时限（工作日） <Cites cites={cites} />
      </h2>
      <Table<Step>
        size="small"
        rowKey="step"
        pagination={false}
        dataSource={clocks}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: '环节', dataIndex: 'label' },
          { title: '开始', dataIndex: 'startedOn', render: (day: string | null) => day ?? '—' },
          { title: '应办结', render: (_, step) => <Due step={step} /> },
          { title: '办结', dataIndex: 'doneOn', render: (day: string | null) => day ?? '—' },
          { title: '状态', render: (_, { state }) => <Toned tone={STATES[state][1]}>{STATES[state][0]}</Toned> },
        ]}
      />
    </section>
  );
}

function Due({ step: { dueOn, doneOn, provisional } }: { step: Step }) {
  if (!dueOn) return '上一环节办结后起算';
  return (
    <>
      {doneOn ? dueOn : <Clock dueOn={dueOn} />}
      {provisional && <span className="hint">（该年放假安排尚未公布，暂按周末推算）</span>}
    </>
  );
}
