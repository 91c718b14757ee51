import { Alert, Button, Card, Descriptions, Progress, Space } from 'antd';
import { Link } from 'react-router';
import { Money } from '../../parts/Money.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useBooks } from '../../parts/useBooks.ts';
import { MapColumns } from './MapColumns.tsx';
import { Reconcile } from './Reconcile.tsx';
import { Refused } from './Refused.tsx';
import type { Statement } from './types.ts';
import type { Reading, Said } from './useReading.ts';

interface Props {
  reading: Reading;
  onAgain(said: Said): void;
  onDrop(): void;
}

/** A file that was handed in, and what came of it. */
export function ReadingCard({ reading: { file, step }, onAgain, onDrop }: Props) {
  const busy = step.at === 'waiting' || step.at === 'sending';
  return (
    <Card
      size="small"
      className="reading"
      title={file.name}
      extra={
        <Space>
          <Verdict of={step} />
          {!busy && (
            <Button size="small" type="text" onClick={onDrop}>
              收起
            </Button>
          )}
        </Space>
      }
    >
      {step.at === 'waiting' && <span className="hint">等候前面的文件……</span>}
      {step.at === 'sending' && <Sending fraction={step.fraction} />}
      {step.at === 'read' && <Read statement={step.statement} />}
      {step.at === 'refused' && <Refused problem={step.problem} rows={step.rows} onAgain={onAgain} />}
      {step.at === 'headings' && (
        <MapColumns file={file} inspection={step.inspection} onMapped={(mapping) => onAgain({ mapping })} />
      )}
    </Card>
  );
}

function Verdict({ of: step }: { of: Reading['step'] }) {
  if (step.at === 'read') return <Toned tone="within">已读取</Toned>;
  if (step.at === 'refused') return <Toned tone="past">未导入</Toned>;
  if (step.at === 'headings') return <Toned tone="near">列名未识别</Toned>;
  return null;
}

function Sending({ fraction }: { fraction: number }) {
  return (
    <div role="status" aria-live="polite">
      <Progress percent={Math.floor(fraction * 100)} status="active" size="small" />
      {fraction < 1 ? '正在上传……' : '正在逐行读取并核对余额……'}
    </div>
  );
}

function Read({ statement }: { statement: Statement }) {
  const { bookName } = useBooks();
  const { id, poolCode, accountNo, from, to, opening, moneyIn, moneyOut, closing, lines, newLines, warnings } =
    statement;
  const known = lines - newLines;
  return (
    <>
      <Descriptions
        size="small"
        column={{ xs: 1, md: 3, xl: 4 }}
        items={[
          { key: 'account', label: '专户', children: `${bookName(poolCode)} ${accountNo}` },
          { key: 'days', label: '期间', children: `${from} 至 ${to}` },
          { key: 'lines', label: '笔数', children: counted(lines, newLines, known) },
          { key: 'opening', label: '期初余额', children: <Money value={opening} /> },
          { key: 'in', label: '收入', children: <Money value={moneyIn} /> },
          { key: 'out', label: '支出', children: <Money value={moneyOut} /> },
          { key: 'closing', label: '期末余额', children: <Money value={closing} /> },
        ]}
      />
      {warnings.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title="已导入，请核对"
          description={
            <ul className="faults">
              {warnings.slice(0, 10).map(({ row, message }) => (
                <li key={`${row}${message}`}>{message}</li>
              ))}
              {warnings.length > 10 && <li>另有 {warnings.length - 10} 处</li>}
            </ul>
          }
        />
      )}
      <Space className="act" wrap>
        <Reconcile statement={statement} />
        <Link to={`/bank-statements/${id}`}>查看明细</Link>
      </Space>
    </>
  );
}

function counted(lines: number, fresh: number, known: number): string {
  if (lines === 0) return '没有交易';
  if (fresh === 0) return `${lines} 笔，此前均已导入`;
  return known > 0 ? `${lines} 笔：新增 ${fresh}，已有 ${known}` : `新增 ${fresh} 笔`;
}
