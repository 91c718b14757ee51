import { Button, Form, Input, Radio, Table } from 'antd';
import { useState } from 'react';
import { FINDINGS, type FindingCode } from '../../../subsidies/finding.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import type { Application } from '../../parts/subsidy/types.ts';
import { useAct } from '../../parts/useAct.ts';
import { may, useMe } from '../../session.ts';
import { CHANGED } from './acts.ts';

type Finding = Application['findings'][number];

const OPEN = ['submitted', 'recommended', 'reviewed', 'audited'];

/** What is asked of the applicant and nobody has looked up yet, by the checks that say so. */
const openOf = ({ checks }: Application): FindingCode[] =>
  checks
    .filter(({ verdict }) => verdict === 'notChecked')
    .flatMap(({ value = '' }) => value.split('、'))
    .filter((code): code is FindingCode => code in FINDINGS);

/** 核实情况: breaches that bar an applicant, a prize it names: what was looked up, where and by whom, and what still has to be. */
export function Findings({ of }: { of: Application }) {
  const me = useMe();
  const [adding, setAdding] = useState(false);
  const open = openOf(of);
  const mine =
    may(me, 'subsidy.confirm') &&
    OPEN.includes(of.status) &&
    (me.role !== 'countyReviewer' || of.status === 'submitted');
  if (of.findings.length === 0 && !(mine && open.length > 0)) return null;
  return (
    <section aria-label="核实情况">
      <div className="table-bar">
        <h2>核实情况</h2>
        {mine && open.length > 0 && (
          <Button className="no-print" onClick={() => setAdding(true)}>
            登记核实情况
          </Button>
        )}
      </div>
      {open.length > 0 && (
        <p className="hint-line">
          尚未核实：{open.map((code) => FINDINGS[code]).join('、')}。形式审查通过即表示审查人已核实没有上述情形。
        </p>
      )}
      {of.findings.length > 0 && (
        <Table<Finding>
          size="small"
          rowKey={({ code, recordedOn }) => `${code}${recordedOn}`}
          pagination={false}
          dataSource={of.findings}
          columns={[
            { title: '事项', dataIndex: 'label' },
            { title: '结论', render: (_, finding) => <Verdict of={finding} /> },
            { title: '在何处核实', dataIndex: 'source' },
            { title: '登记', render: (_, { recordedOn, actorName }) => `${recordedOn} ${actorName ?? ''}` },
          ]}
        />
      )}
      {adding && <Add of={of} codes={open} onClose={() => setAdding(false)} />}
    </section>
  );
}

/** A breach that holds stands against the applicant; a prize that holds for it. */
function Verdict({ of: { code, holds } }: { of: Finding }) {
  const good = (code === 'contest') === holds;
  return <Toned tone={good ? 'within' : 'past'}>{holds ? '有' : '没有'}</Toned>;
}

type Given = { source: string } & Partial<Record<FindingCode, boolean>>;

function Add({ of, codes, onClose }: { of: Application; codes: FindingCode[]; onClose(): void }) {
  const { today } = useMe();
  const act = useAct(
    ({ source, ...found }: Given) =>
      ask(
        api['subsidy-applications'][':id'].findings.$post({
          param: { id: of.id },
          json: { findings: codes.map((code) => ({ code, holds: found[code] ?? false, source })) },
        }),
      ),
    { done: '已登记，并据以重新判断', refresh: CHANGED },
  );
  return (
    <FormDialog<Given>
      title={`核实情况：${of.enterpriseName}`}
      action="登记"
      initial={{ source: `信用中国 ${today} 查询` }}
      act={act}
      onClose={onClose}
    >
      {codes.map((code) => (
        <Form.Item
          key={code}
          name={code}
          label={FINDINGS[code]}
          rules={[{ required: true, message: '请选择' }]}
          layout="horizontal"
        >
          <Radio.Group
            options={[
              { value: false, label: '没有' },
              { value: true, label: '有' },
            ]}
          />
        </Form.Item>
      ))}
      <Form.Item
        name="source"
        label="在何处核实"
        rules={[{ required: true, whitespace: true, message: '请填写核实的途径和日期' }]}
      >
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
    </FormDialog>
  );
}
