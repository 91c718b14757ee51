import { formatYuan, money } from '../../../money/money.ts';
import { labelOf, wordOf } from './labels.ts';

const MONEY = /^\d{4,16}\.\d{2}$/;

/** A clause's value as lines, "名称 → 值", so that two versions can be laid side by side line by line. */
export function flatten(value: unknown, unit: string | null, at = ''): [name: string, text: string][] {
  if (value === null || value === undefined) return [[at || '取值', '不限']];
  if (typeof value === 'boolean') return [[at || '取值', value ? '是' : '否']];
  if (typeof value !== 'object') return [[at || '取值', textOf(`${value}`, at === '' ? unit : null)]];
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object')) return [[at, value.map((v) => wordOf(`${v}`)).join('、')]];
    return value.flatMap((item, i) => flatten(item, unit, join(at, nameOf(item) ?? `第 ${i + 1} 项`)));
  }
  const entries = Object.entries(value).filter(([key]) => key !== 'label' && !isNamed(value, key));
  // What is only a code with its name is told by the name.
  if (entries.length === 0) return [[at, '有']];
  return entries.flatMap(([key, inner]) => flatten(inner, unit, join(at, labelOf(key))));
}

/** A code says nothing where a name stands beside it. */
const isNamed = (value: object, key: string) =>
  (key === 'code' || key === 'bearer' || key === 'category') && nameOf(value) !== undefined;

function nameOf(item: unknown): string | undefined {
  const { label, category } = item as { label?: string; category?: string };
  return label ?? category;
}

const join = (a: string, b: string) => (a ? `${a} / ${b}` : b);

function textOf(text: string, unit: string | null): string {
  if (MONEY.test(text)) return `${formatYuan(money(text))} 元`;
  return unit ? `${text} ${unit}` : wordOf(text);
}
