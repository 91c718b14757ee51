import { Button, Form, Input, Modal, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import type { Choice } from '../../parts/useChoices.ts';
import { DateField } from '../filings/DateField.tsx';

const REQUIRED = { required: true, message: '请填写' };

/** A small form in a dialog that closes when it is saved. */
function FormDialog<T extends object>({
  button,
  title,
  danger,
  save,
  children,
}: {
  button: string;
  title: string;
  danger?: boolean;
  save(given: T): Promise<unknown>;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<T>();
  const act = useAct(save, { done: '已保存', refresh: ['institutions'] });
  return (
    <>
      <Button size="small" danger={danger} className="no-print" onClick={() => setOpen(true)}>
        {button}
      </Button>
      <Modal
        title={title}
        open={open}
        onCancel={() => setOpen(false)}
        okButtonProps={{ loading: act.isPending, danger }}
        onOk={() => form.submit()}
        destroyOnHidden
      >
        <ProblemAlert error={act.error} />
        <Form<T>
          form={form}
          layout="vertical"
          preserve={false}
          onFinish={(given) => act.mutate(given, { onSuccess: () => setOpen(false) })}
        >
          {children}
        </Form>
      </Modal>
    </>
  );
}

interface PartnershipGiven {
  poolCode?: string;
  validFrom: string;
  validTo?: string;
  document: string;
}

export function AddPartnership({ code, pools }: { code: string; pools: Choice[] }) {
  const save = ({ poolCode, validTo, ...rest }: PartnershipGiven) =>
    ask(
      api.institutions[':code'].partnerships.$post({
        param: { code },
        json: { ...rest, poolCode: poolCode ?? null, validTo: validTo ?? null },
      }),
    );
  return (
    <FormDialog<PartnershipGiven> button="登记合作期" title="登记合作期" save={save}>
      <Form.Item name="poolCode" label="资金池" extra="不选则对各资金池有效">
        <Select allowClear options={pools} />
      </Form.Item>
      <Form.Item name="validFrom" label="起" rules={[REQUIRED]}>
        <DateField />
      </Form.Item>
      <Form.Item name="validTo" label="止（含当日；不填为长期）">
        <DateField />
      </Form.Item>
      <Form.Item name="document" label="依据" extra="协议名称和编号" rules={[REQUIRED]}>
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  );
}

export function EndPartnership({ code, id, from }: { code: string; id: string; from: string }) {
  const save = (json: { validTo: string; reason: string }) =>
    ask(api.institutions[':code'].partnerships[':id'].end.$post({ param: { code, id }, json }));
  return (
    <FormDialog<{ validTo: string; reason: string }> button="终止" title="终止合作" danger save={save}>
      <p>自 {from} 起的合作期将止于所填日期；此后该机构不能再报送备案，已入池的贷款不受影响。</p>
      <Form.Item name="validTo" label="最后一日" rules={[REQUIRED]}>
        <DateField />
      </Form.Item>
      <Form.Item name="reason" label="理由" rules={[REQUIRED]}>
        <Input maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}

interface AccountGiven {
  accountNo: string;
  accountName: string;
  bankName: string;
  cnaps?: string;
}

export function AddAccount({ code }: { code: string }) {
  const save = ({ cnaps, ...rest }: AccountGiven) =>
    ask(api.institutions[':code']['bank-accounts'].$post({ param: { code }, json: { ...rest, cnaps: cnaps || null } }));
  return (
    <FormDialog<AccountGiven> button="登记账户" title="登记银行账户" save={save}>
      <Form.Item name="accountName" label="户名" rules={[REQUIRED]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="accountNo" label="账号" rules={[REQUIRED]}>
        <Input maxLength={60} inputMode="numeric" autoComplete="off" />
      </Form.Item>
      <Form.Item name="bankName" label="开户行" rules={[REQUIRED]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="cnaps" label="支付系统行号（选填）" rules={[{ pattern: /^\d{12}$/, message: '应为 12 位数字' }]}>
        <Input maxLength={12} inputMode="numeric" />
      </Form.Item>
    </FormDialog>
  );
}
