import { Input, Modal } from 'antd';
import { useState } from 'react';
import type { ReadVouchers } from './read-vouchers.ts';

interface Props {
  dueBillNo: string | undefined;
  onRead(found: ReadVouchers): void;
  onClose(): void;
}

/** Rows copied out of a sheet, with or without its headings. */
export function PasteVouchers({ dueBillNo, onRead, onClose }: Props) {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string>();
  const read = async () => {
    const { readPasted, whyUnread } = await import('./read-vouchers.ts');
    try {
      onRead(readPasted(text, dueBillNo));
      onClose();
    } catch (error) {
      setWrong(whyUnread(error));
    }
  };
  return (
    <Modal
      open
      title="从表格粘贴付息凭证"
      okText="读入"
      okButtonProps={{ disabled: text.trim() === '' }}
      onOk={read}
      onCancel={onClose}
    >
      <p>
        在表格里选中各行，复制后粘贴到下面。有表头的按表头对应，没有表头的按此顺序：凭证号、付息日期、计息起日、计息止日、利息种类、金额。
      </p>
      <Input.TextArea
        rows={8}
        autoFocus
        aria-label="粘贴的内容"
        status={wrong ? 'error' : undefined}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {wrong && <p role="alert">{wrong}</p>}
    </Modal>
  );
}
