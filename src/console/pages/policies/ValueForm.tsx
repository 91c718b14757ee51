import { Button, Form, Input, InputNumber, Select, Switch } from 'antd';
import type { NamePath } from 'antd/es/form/interface';
import { AmountField } from '../filings/AmountField.tsx';
import { labelOf, wordOf } from './labels.ts';
import { blankOf, isMoney, nullable, type Schema } from './schema.ts';

interface Props {
  schema: Schema;
  /** from the form's root, for values; inside a list from the list's, as antd wants it */
  name: NamePath;
  label: string;
  required?: boolean;
}

/** The fields of a clause's value, made from its JSON Schema: numbers, rates, amounts, choices, yes or no, lists and groups of them. */
export function ValueForm({ schema, name, label, required = true }: Props) {
  const inner = nullable(schema);
  if (inner) return <ValueForm schema={inner} name={name} label={label} required={false} />;
  if (schema.type === 'object') {
    return (
      <fieldset className="lines">
        <legend>{label}</legend>
        {Object.entries(schema.properties ?? {}).map(([key, property]) => (
          <ValueForm
            key={key}
            schema={property}
            name={[...([name].flat() as (string | number)[]), key]}
            label={labelOf(key)}
            required={schema.required?.includes(key) ?? false}
          />
        ))}
      </fieldset>
    );
  }
  if (schema.type === 'array' && schema.items?.type !== 'string')
    return <ListField schema={schema} name={name} label={label} />;
  return (
    <Form.Item
      name={name}
      label={label}
      valuePropName={schema.type === 'boolean' ? 'checked' : 'value'}
      rules={[
        ...(required && schema.type !== 'boolean' ? [{ required: true, message: '请填写' }] : []),
        ...patternOf(schema),
      ]}
    >
      {fieldOf(schema)}
    </Form.Item>
  );
}

function fieldOf(schema: Schema) {
  if (schema.enum) return <Select options={schema.enum.map((value) => ({ value, label: wordOf(value) }))} />;
  if (schema.type === 'boolean') return <Switch checkedChildren="是" unCheckedChildren="否" />;
  if (schema.type === 'integer') return <InputNumber min={schema.minimum} max={schema.maximum} precision={0} />;
  if (schema.type === 'array') return <Select mode="tags" open={false} placeholder="输入后回车" suffixIcon={null} />;
  return isMoney(schema) ? <AmountField /> : <Input />;
}

function patternOf({ pattern }: Schema) {
  return pattern ? [{ pattern: new RegExp(pattern), message: '格式不正确' }] : [];
}

/** A list of groups: each can be taken away, others added. */
function ListField({ schema, name, label }: { schema: Schema; name: NamePath; label: string }) {
  const item = schema.items ?? {};
  return (
    <Form.List name={name}>
      {(fields, { add, remove }) => (
        <fieldset className="lines">
          <legend>{label}</legend>
          {fields.map(({ key, name: at }) => (
            <div key={key} className="line">
              {Object.entries(item.properties ?? {}).map(([property, inner]) => (
                <ValueForm
                  key={property}
                  schema={inner}
                  name={[at, property]}
                  label={labelOf(property)}
                  required={item.required?.includes(property) ?? false}
                />
              ))}
              <Button size="small" disabled={fields.length <= (schema.minItems ?? 0)} onClick={() => remove(at)}>
                移去
              </Button>
            </div>
          ))}
          {fields.length < (schema.maxItems ?? 50) && <Button onClick={() => add(blankOf(item))}>添加</Button>}
        </fieldset>
      )}
    </Form.List>
  );
}
