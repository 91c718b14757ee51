import { Button, Modal } from 'antd';

/** What the single keys of a page do. */
export function KeyHelp({ keys, open, onClose }: { keys: [string, string][]; open: boolean; onClose(): void }) {
  return (
    <Modal
      title="键盘操作"
      open={open}
      onCancel={onClose}
      footer={
        <Button type="primary" onClick={onClose}>
          知道了
        </Button>
      }
    >
      <dl className="keys">
        {keys.map(([key, does]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
