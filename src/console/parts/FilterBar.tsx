import { DatePicker, Input, Select, Space } from 'antd';
import dayjs from 'dayjs';

/** How a list can be narrowed; `name` is the API's query parameter. */
export type Filter =
  | { name: string; label: string; kind: 'search'; width?: number }
  | { name: string; label: string; kind: 'select'; options: { value: string; label: string }[]; width?: number }
  | { name: string; label: string; kind: 'date' | 'month' };

interface Props {
  filters: Filter[];
  values: Record<string, string>;
  onChange(next: Record<string, string | undefined>): void;
}

/** The filters above a table, each applied as soon as it is chosen (a search on Enter). */
export function FilterBar({ filters, values, onChange }: Props) {
  return (
    <Space wrap role="search">
      {filters.map((filter) => (
        <FilterField key={filter.name} filter={filter} value={values[filter.name]} onChange={onChange} />
      ))}
    </Space>
  );
}

function FilterField({
  filter,
  value,
  onChange,
}: {
  filter: Filter;
  value: string | undefined;
  onChange: Props['onChange'];
}) {
  const { name, label } = filter;
  if (filter.kind === 'search')
    return (
      <Input.Search
        // a new default when the address changes it, e.g. by going back
        key={value ?? ''}
        allowClear
        defaultValue={value}
        placeholder={label}
        aria-label={label}
        style={{ width: filter.width ?? 240 }}
        onSearch={(text) => onChange({ [name]: text.trim() || undefined })}
      />
    );
  if (filter.kind === 'select')
    return (
      <Select
        allowClear
        showSearch={filter.options.length > 8 && { optionFilterProp: 'label' }}
        value={value ?? null}
        placeholder={label}
        aria-label={label}
        options={filter.options}
        style={{ minWidth: filter.width ?? 120 }}
        onChange={(chosen: string | null) => onChange({ [name]: chosen ?? undefined })}
      />
    );
  const month = filter.kind === 'month';
  return (
    <DatePicker
      picker={month ? 'month' : 'date'}
      value={value ? dayjs(value) : null}
      placeholder={label}
      aria-label={label}
      onChange={(day) => onChange({ [name]: day ? day.format(month ? 'YYYY-MM' : 'YYYY-MM-DD') : undefined })}
    />
  );
}
