import { Upload } from 'antd';
import { useEffect } from 'react';

/** Where files are dropped, chosen or pasted; rows copied from a bank's page come as a file of their own. */
export function DropFiles({ onFiles }: { onFiles(files: File[]): void }) {
  useEffect(() => {
    const pasted = ({ clipboardData, target }: ClipboardEvent) => {
      if ((target as HTMLElement).closest('input, textarea, [contenteditable], [role="dialog"]') || !clipboardData)
        return;
      const text = clipboardData.getData('text/plain');
      if (clipboardData.files.length > 0) onFiles([...clipboardData.files]);
      else if (text.includes('\n')) onFiles([new File([text], '粘贴的流水.csv')]);
    };
    window.addEventListener('paste', pasted);
    return () => window.removeEventListener('paste', pasted);
  }, [onFiles]);
  return (
    <Upload.Dragger
      className="no-print"
      multiple
      accept=".csv,.txt,.xlsx,.xml,.sta,.mt940,.940"
      showUploadList={false}
      beforeUpload={(file, all) => {
        // Told once for all that were dropped together.
        if (file === all[0]) onFiles(all);
        return false;
      }}
    >
      <p className="drop-title">把银行流水文件拖到这里，或点击选择；也可以直接粘贴</p>
      <p>
        可一次放入多份。CSV、XLSX、camt.053、MT940
        均可，编码、列名和列序不限；期初余额加减发生额须等于期末余额，逐行余额须相符
      </p>
    </Upload.Dragger>
  );
}
