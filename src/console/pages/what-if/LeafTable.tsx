import { Button, Input, InputNumber, Select, Switch } from 'antd';
import { formatYuan, money } from '../../../money/money.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { wordOf } from '../policies/labels.ts';
import { isMoney, type Schema } from '../policies/schema.ts';
import type { Leaf } from './leaves.ts';

interface Props {
  leaves: Leaf[];
  changes: ReadonlyMap<string, unknown>;
  onChange(path: string, value: unknown): void;
  onRestore(path: string): void;
}

/** 现行 beside 拟议: every figure of a clause with a field to try another; what differs stands out. */
export function LeafTable({ leaves, changes, onChange, onRestore }: Props) {
  return (
    <table className="leaves" aria-label="条款取值">
      <thead>
        <tr>
          <th scope="col">项目</th>
          <th scope="col">现行</th>
          <th scope="col">拟议</th>
        </tr>
      </thead>
      <tbody>
        {leaves.map((leaf) => {
          const key = leaf.path.join('.');
          const other = changes.has(key);
          return (
            <tr key={key} className={other ? 'changed' : undefined}>
              <th scope="row">{leaf.label}</th>
              <td>{textOf(leaf, leaf.value)}</td>
              <td>
                <div className="leaf-field">
                  <LeafField
                    leaf={leaf}
                    value={other ? changes.get(key) : leaf.value}
                    onChange={(v) => onChange(key, v)}
                  />
                  {other && (
                    <Button size="small" type="link" onClick={() => onRestore(key)}>
                      恢复
                    </Button>
                  )}
                </div>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function LeafField({ leaf, value, onChange }: { leaf: Leaf; value: unknown; onChange(value: unknown): void }) {
  const { schema, label, members } = leaf;
  const named = { 'aria-label': `拟议：${label}` };
  if (members)
    return (
      <Select
        {...named}
        mode="multiple"
        className="wide"
        options={members}
        value={(value as unknown[]).map((item) => JSON.stringify(item))}
        onChange={(chosen: string[]) => onChange(chosen.map((item) => JSON.parse(item)))}
      />
    );
  if (Array.isArray(value))
    return <ListField {...named} value={value as string[]} items={schema.items} onChange={onChange} />;
  if (typeof value === 'boolean')
    return <Switch {...named} checked={value} checkedChildren="是" unCheckedChildren="否" onChange={onChange} />;
  if (schema.enum)
    return (
      <Select
        {...named}
        className="wide"
        value={value as string}
        options={schema.enum.map((code) => ({ value: code, label: wordOf(code) }))}
        onChange={onChange}
      />
    );
  if (schema.type === 'integer')
    return (
      <InputNumber
        {...named}
        min={schema.minimum}
        max={schema.maximum}
        precision={0}
        value={value as number}
        onChange={onChange}
      />
    );
  if (isMoney(schema)) return <AmountField {...named} value={value as string} onChange={onChange} />;
  return <Input {...named} value={`${value ?? ''}`} onChange={(event) => onChange(event.target.value.trim())} />;
}

function ListField({
  value,
  items,
  onChange,
  ...named
}: {
  'aria-label': string;
  value: string[];
  items: Schema | undefined;
  onChange(value: string[]): void;
}) {
  const options = items?.enum?.map((code) => ({ value: code, label: wordOf(code) }));
  return (
    <Select
      {...named}
      className="wide"
      mode={options ? 'multiple' : 'tags'}
      {...(options ? { options } : { open: false, suffixIcon: null })}
      value={value}
      onChange={onChange}
    />
  );
}

/** A value of a leaf, as people read it: what holds now, or what is tried. */
export function textOf({ schema, members }: Leaf, value: unknown): string {
  if (members) {
    const kept = (value as unknown[]).map((item) => JSON.stringify(item));
    return members
      .filter((member) => kept.includes(member.value))
      .map(({ label }) => label)
      .join('、');
  }
  if (Array.isArray(value)) return value.map((item) => wordOf(`${item}`)).join('、');
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (value === null) return '不限';
  return isMoney(schema) ? `${formatYuan(money(`${value}`))} 元` : wordOf(`${value}`);
}
