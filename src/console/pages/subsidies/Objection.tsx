import { Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import type { Application, Line } from '../../parts/subsidy/types.ts';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { may, useMe } from '../../session.ts';
import { DateField } from '../filings/DateField.tsx';
import { CHANGED } from './acts.ts';
import { DecideObjection } from './DecideObjection.tsx';

interface Raised {
  kind: 'organisation' | 'person';
  name: string;
  contact: string;
  ground: string;
  receivedOn?: string;
}

/** 异议 against a line that is public: recorded by one person, decided by another; it holds this line and no other. */
export function Objection({ of, line }: { of: Application; line: Line }) {
  const me = useMe();
  const [open, setOpen] = useState(false);
  const param = { id: of.id, place: `${line.place}` };
  const raise = useAct(
    ({ ground, receivedOn, ...objector }: Raised) =>
      ask(
        api['subsidy-applications'][':id'].lines[':place'].object.$post({
          param,
          json: { ground, objector, ...(receivedOn ? { receivedOn } : {}) },
        }),
      ),
    { done: '已登记异议，该项暂缓，其他项目照常办理', refresh: CHANGED },
  );
  if (!may(me, 'subsidy.publish')) return null;
  if (of.status === 'published' && line.status === 'allowed')
    return (
      <div className="no-print act">
        <Button size="small" onClick={() => setOpen(true)}>
          登记异议
        </Button>
        {open && (
          <FormDialog<Raised>
            title={`登记异议：第 ${line.place} 项 ${line.name}`}
            action="登记异议"
            initial={{ kind: 'organisation', receivedOn: me.today }}
            act={raise}
            onClose={() => setOpen(false)}
          >
            <RaiseFields />
          </FormDialog>
        )}
      </div>
    );
  return line.status === 'held' ? <Held of={of} line={line} /> : null;
}

/** The objection that holds a line, and its decision by another person than who recorded it. */
function Held({ of: { id }, line: { place, name } }: { of: Application; line: Line }) {
  const [deciding, setDeciding] = useState(false);
  const { data } = useAsk(['subsidy-objections', id, 'open'], () =>
    ask(api['subsidy-objections'].$get({ query: { applicationId: id, status: 'open', limit: '100' } })),
  );
  const found = data?.items.find((one) => one.place === place);
  if (!found) return null;
  return (
    <div className="no-print act">
      <p>
        {found.raisedOn} 收到异议：{found.ground}
      </p>
      {found.mine ? (
        <span className="hint">由您登记，须由他人处理</span>
      ) : (
        <Button size="small" onClick={() => setDeciding(true)}>
          处理异议
        </Button>
      )}
      {deciding && (
        <DecideObjection
          of={{ applicationId: id, place, name, ground: found.ground }}
          onClose={() => setDeciding(false)}
        />
      )}
    </div>
  );
}

/** Who objects, when it came, and why; anonymous ones are not taken. */
function RaiseFields() {
  const needed = (what: string) => [{ required: true, whitespace: true, message: `请填写${what}` }];
  return (
    <>
      <p>
        登记后只暂缓本项，由另一人处理；该企业其他项目和其他企业不受影响。匿名提出的不予受理，异议人的信息不对外提供。
      </p>
      <Form.Item name="kind" label="异议人">
        <Radio.Group
          options={[
            { value: 'organisation', label: '单位' },
            { value: 'person', label: '个人' },
          ]}
        />
      </Form.Item>
      <Form.Item name="name" label="名称或姓名" rules={needed('名称或姓名')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="contact" label="联系方式" rules={needed('联系方式')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="receivedOn" label="收到日期">
        <DateField />
      </Form.Item>
      <Form.Item name="ground" label="异议事项和理由" rules={needed('异议事项和理由')}>
        <Input.TextArea rows={3} maxLength={1000} showCount />
      </Form.Item>
    </>
  );
}
