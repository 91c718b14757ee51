import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { EnterpriseForm } from './EnterpriseForm.tsx';
import type { Enterprise } from './types.ts';

/** Changes what is on record of an enterprise, beside the page. */
export function EditEnterprise({ enterprise }: { enterprise: Enterprise }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        修改
      </Button>
      <Drawer title={`修改：${enterprise.name}`} open={open} onClose={() => setOpen(false)} size={640} destroyOnHidden>
        <EnterpriseForm enterprise={enterprise} onSaved={() => setOpen(false)} />
      </Drawer>
    </>
  );
}
