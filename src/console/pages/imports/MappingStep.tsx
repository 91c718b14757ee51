import { Alert, Button, Select, Space, Table, Tag } from 'antd';
import { useState } from 'react';
import { doubledIn, type Mapping, missingIn } from './mapping.ts';
import type { Inspection } from './types.ts';

interface Props {
  file: Inspection;
  initial: Mapping;
  onConfirm(mapping: Mapping): void;
  onCancel(): void;
}

/** 列的对应: the file's headings with their first rows, and for each which of our columns it is. Remembered for the next file. */
export function MappingStep({ file, initial, onConfirm, onCancel }: Props) {
  const [mapping, setMapping] = useState(initial);
  const missing = missingIn(file, mapping);
  const doubled = doubledIn(file, mapping);
  const options = file.columns.map(({ field, title, required }) => ({
    value: field,
    label: required ? `${title} *` : title,
  }));
  return (
    <section aria-label="列的对应">
      <h2>文件的列与系统的列</h2>
      <p>
        表头在第 {file.headingLine}{' '}
        行，有些列名没有识别。请逐列选择对应的内容；不需要的列留为「不读取」。下次上传同样的文件会自动沿用。
      </p>
      <p aria-live="polite">
        {missing.length === 0 ? (
          '必填的列都已对应。'
        ) : (
          <>
            还缺 {missing.length} 列：
            {missing.map(({ field, title }) => (
              <Tag key={field} color="gold">
                {title}
              </Tag>
            ))}
          </>
        )}
      </p>
      {doubled.length > 0 && (
        <Alert type="error" title={`${doubled.map(({ title }) => title).join('、')} 对应了不止一列，请只保留一列`} />
      )}
      <Table<Inspection['headings'][number]>
        size="small"
        pagination={false}
        rowKey="index"
        dataSource={file.headings}
        columns={[
          { title: '文件中的列', dataIndex: 'title', width: 200 },
          {
            title: '前几行的内容',
            render: (_, { index }) => (
              <span className="samples">{file.sample.map((cells) => cells[index] || '（空）').join('　｜　')}</span>
            ),
          },
          {
            title: '对应为',
            width: 280,
            render: (_, { title }) => (
              <Select
                className="wide"
                aria-label={`「${title}」对应为`}
                showSearch={{ optionFilterProp: 'label' }}
                allowClear
                placeholder="不读取"
                value={mapping[title] ?? null}
                options={options}
                status={mapping[title] && doubled.some(({ field }) => field === mapping[title]) ? 'error' : ''}
                onChange={(field: string | null | undefined) => setMapping({ ...mapping, [title]: field ?? null })}
              />
            ),
          },
        ]}
      />
      <Space className="form-foot">
        <Button type="primary" disabled={missing.length > 0 || doubled.length > 0} onClick={() => onConfirm(mapping)}>
          按此对应上传
        </Button>
        <Button onClick={onCancel}>换一个文件</Button>
        {missing.length > 0 && <span>还缺：{missing.map(({ title }) => title).join('、')}</span>}
      </Space>
    </section>
  );
}
