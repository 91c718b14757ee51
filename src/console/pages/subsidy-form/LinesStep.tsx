import { Button, Collapse, Empty, Form, Popconfirm } from 'antd';
import { useEffect, useState } from 'react';
import { Money } from '../../parts/Money.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { LineCheck } from '../../parts/subsidy/SubsidyLine.tsx';
import type { JudgedLine } from '../../parts/subsidy/types.ts';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { useMe } from '../../session.ts';
import { SHORT } from './fields.ts';
import { LineFields } from './LineFields.tsx';
import { Rules } from './Rules.tsx';
import { nameOf } from './request.ts';
import type { Given, GivenLine, Offer } from './types.ts';
import type { Estimate } from './useEstimate.ts';

interface Props {
  offer: Offer;
  values: Given;
  estimate: Estimate;
  /** the line that is to be open, where a fault lies in it */
  open: number | undefined;
  onChange(): void;
}

/** 费用明细: what the enterprise paid, cost by cost; each folds to a line with what it would bring. */
export function LinesStep({ offer, values, estimate, open, onChange }: Props) {
  const { enterprise } = useMe();
  const lines = values.lines ?? [];
  const [opened, setOpened] = useState<number | undefined>(lines.length === 1 ? 0 : undefined);
  useEffect(() => {
    if (open !== undefined) setOpened(open);
  }, [open]);
  return (
    <Form.List name="lines">
      {(fields, { add, remove }) => (
        <section aria-labelledby="lines">
          <h2 id="lines">费用明细</h2>
          {fields.length === 0 && (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="还没有费用。从下面选择一类开始填写。" />
          )}
          <Collapse
            destroyOnHidden={false}
            className="line-cards"
            activeKey={opened === undefined ? [] : [`${opened}`]}
            // One at a time; antd's own accordion calls itself a list of tabs, which it is not.
            onChange={(keys) => setOpened(keys.map(Number).find((key) => key !== opened))}
            items={fields.flatMap(({ name: place }) => {
              const line = lines[place];
              const offered = offer.lines.find(({ kind }) => kind === line?.kind);
              if (!line || !offered) return [];
              return [
                {
                  key: `${place}`,
                  forceRender: true,
                  label: <Heading place={place} line={line} judged={estimate.at(place)} />,
                  children: (
                    <>
                      <Rules title="这类补贴的规定" rules={offered.rules} />
                      <LineFields place={place} line={line} offered={offered} onChange={onChange} />
                      <Verdict judged={estimate.at(place)} />
                      <Popconfirm
                        title="删除这一项？"
                        onConfirm={() => {
                          remove(place);
                          setOpened(undefined);
                          onChange();
                        }}
                      >
                        <Button danger>删除这一项</Button>
                      </Popconfirm>
                    </>
                  ),
                },
              ];
            })}
          />
          <div className="buttons">
            {offer.lines.map(({ kind }) => (
              <Button
                key={kind}
                onClick={() => {
                  add({
                    kind,
                    ...(kind === 'rndProject' ? { counterparty: enterprise!.name } : {}),
                  } satisfies GivenLine);
                  setOpened(fields.length);
                  onChange();
                }}
              >
                增加一笔{SHORT[kind]}
              </Button>
            ))}
          </div>
        </section>
      )}
    </Form.List>
  );
}

function Heading({ place, line, judged }: { place: number; line: GivenLine; judged: JudgedLine | undefined }) {
  const fails = judged?.checks.some(({ verdict }) => verdict === 'fail');
  return (
    <span className="line-heading">
      <span>
        {place + 1}. {nameOf(line)}
      </span>
      {judged && (
        <span>
          {fails ? <Toned tone="past">不符合规定</Toned> : '可得 '}
          {!fails && <Money value={judged.amount} withUnit />}
        </span>
      )}
    </span>
  );
}

function Verdict({ judged }: { judged: JudgedLine | undefined }) {
  if (!judged) return <p className="hint-line">填写后，这里显示可以得到多少。</p>;
  const said = judged.checks.filter(({ verdict }) => verdict !== 'pass');
  return (
    <div className="verdict" role="status">
      <p>
        支出 <Money value={judged.base} withUnit />
        ，按规定可得{' '}
        <strong>
          <Money value={judged.amount} withUnit />
        </strong>
        <Why of={judged.explanation as Explanation} title={`「${judged.name}」为什么是这个数`} />
      </p>
      {said.map((check) => (
        <LineCheck key={`${check.code}${check.field}`} check={check} />
      ))}
    </div>
  );
}
