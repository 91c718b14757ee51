import { Button, Checkbox, Input, Select, Space, Table } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import type { Inspection, Mapping } from './types.ts';

interface Props {
  file: File;
  inspection: Inspection;
  onMapped(mapping: Mapping): void;
}

/** 列的对应: what each of the file's columns is, said once on a sample. Kept as the bank's layout where it is given a name, and then known by itself. */
export function MapColumns({ file, inspection, onMapped }: Props) {
  const [mapping, setMapping] = useState<Mapping>(() =>
    Object.fromEntries(inspection.headings.map(({ title, field }) => [title, field])),
  );
  const [keep, setKeep] = useState(true);
  const [name, setName] = useState('');
  const profile = useAct(
    () => ask(api['statement-profiles'].$post({ form: { file, name, mapping: JSON.stringify(mapping) } as never })),
    { done: '已保存为对账单格式，今后自动识别', refresh: ['statement-profiles'] },
  );
  const lacks = lacking(mapping);
  const go = async () => {
    if (keep) await profile.mutateAsync(undefined);
    onMapped(mapping);
  };
  return (
    <section aria-label="列的对应">
      <p>
        这份文件的列名没有全部认出。表头在第 {inspection.headingLine} 行，请说明各列是什么；不需要的列留为「不读取」。
      </p>
      <ProblemAlert error={profile.error} />
      <Table<Inspection['headings'][number]>
        size="small"
        pagination={false}
        rowKey="index"
        dataSource={inspection.headings}
        columns={[
          { title: '文件中的列', dataIndex: 'title', width: 160 },
          {
            title: '前几行的内容',
            render: (_, { index }) => inspection.sample.map((cells) => cells[index] || '（空）').join('　｜　'),
          },
          {
            title: '对应为',
            width: 220,
            render: (_, { title }) => (
              <Select
                className="wide"
                aria-label={`「${title}」对应为`}
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                placeholder="不读取"
                value={mapping[title] ?? null}
                options={inspection.columns.map((column) => ({ value: column.field, label: column.title }))}
                onChange={(field: string | null | undefined) => setMapping({ ...mapping, [title]: field ?? null })}
              />
            ),
          },
        ]}
      />
      <Space className="act" wrap>
        <Checkbox checked={keep} onChange={({ target }) => setKeep(target.checked)}>
          保存为对账单格式
        </Checkbox>
        {keep && (
          <Input
            aria-label="格式名称"
            placeholder="如：农业银行企业网银"
            maxLength={60}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        )}
        <Button
          type="primary"
          loading={profile.isPending}
          disabled={lacks.length > 0 || (keep && name.trim() === '')}
          onClick={() => void go().catch(() => {})}
        >
          按此读取
        </Button>
        {lacks.length > 0 && <span className="hint">还缺：{lacks.join('、')}</span>}
      </Space>
    </section>
  );
}

/** What no statement can do without: a day, what moved, and a balance to hold it to. */
function lacking(mapping: Mapping): string[] {
  const fields = Object.values(mapping);
  const has = (...names: string[]) => names.some((name) => fields.includes(name));
  return [
    ...(has('bookedOn', 'tradedOn', 'time') ? [] : ['日期']),
    ...(has('amount', 'in', 'out') ? [] : ['金额（发生额，或借方、贷方发生额）']),
    ...(has('balance') ? [] : ['余额']),
  ];
}
