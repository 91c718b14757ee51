import { Button, Form, Input, Modal, Select } from 'antd';
import { GUARANTOR_KINDS, ROLES, type Role } from '../../../access/roles.ts';
import { checkUscc } from '../../../parties/uscc.ts';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';

interface Given {
  name: string;
  username: string;
  email: string;
  role: Role;
  institutionCode?: string;
  enterpriseUscc?: string;
}

interface Props {
  open: boolean;
  onClose(): void;
  onInvited(): void;
}

/** 邀请用户: the person gets a one-time link by mail, sets a password there, and can log in. */
export function InviteDialog({ open, onClose, onInvited }: Props) {
  const invite = useAct((json: Given) => ask(api.invitations.$post({ json })), {
    done: ({ name }) => `已邀请${name}，链接七日内有效`,
    refresh: ['invitations', 'users'],
  });
  const send = (given: Given) =>
    invite.mutate(given, {
      onSuccess: () => {
        onClose();
        onInvited();
      },
    });
  return (
    <Modal title="邀请用户" open={open} footer={null} onCancel={onClose} destroyOnHidden>
      <p className="hint-line">没有配置邮件服务器时，邀请链接写在服务日志里。</p>
      <Form<Given> layout="vertical" requiredMark={false} validateTrigger="onBlur" onFinish={send}>
        <ProblemAlert error={invite.error} />
        <Form.Item name="name" label="姓名" rules={[{ required: true, whitespace: true, message: '请填写姓名' }]}>
          <Input maxLength={50} />
        </Form.Item>
        <Form.Item
          name="username"
          label="用户名"
          rules={[{ required: true, pattern: /^[a-z0-9._-]{3,30}$/, message: '3 至 30 个小写字母、数字或 . _ -' }]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="email" label="邮箱" rules={[{ required: true, type: 'email', message: '请填写邮箱地址' }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="role" label="角色" rules={[{ required: true, message: '请选择角色' }]}>
          <Select options={Object.entries(ROLES).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        <OwnerField />
        <Button type="primary" htmlType="submit" loading={invite.isPending}>
          发出邀请
        </Button>
      </Form>
    </Modal>
  );
}

/** For whom the person acts: a bank or county names its institution, an enterprise its USCC, others may name an institution. */
export function OwnerField() {
  const role = Form.useWatch<Role | undefined>('role');
  const { data } = useAsk(['institutions', 'owners'], () => ask(api.institutions.$get({ query: { limit: '500' } })));
  if (!role || role === 'operator') return null;
  if (role === 'enterprise')
    return (
      <Form.Item
        name="enterpriseUscc"
        label="统一社会信用代码"
        rules={[{ required: true, message: '请填写统一社会信用代码' }, { validator: usccRule }]}
      >
        <Input maxLength={18} />
      </Form.Item>
    );
  const needed = role === 'bank' || role === 'countyReviewer' || role === 'guarantor';
  const owners = (data?.items ?? []).filter(({ kind }) => mayBelong(role, kind));
  return (
    <Form.Item
      name="institutionCode"
      label={needed ? '机构' : '机构（选填）'}
      rules={[{ required: needed, message: '请选择机构' }]}
    >
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        options={owners.map(({ code, name }) => ({ value: code, label: name }))}
      />
    </Form.Item>
  );
}

/** Banks hold the role of a bank and no other, guarantors and insurers that of a guarantor. */
const mayBelong = (role: Role, kind: string): boolean =>
  role === 'guarantor' ? GUARANTOR_KINDS.includes(kind) : (role === 'bank') === (kind === 'partnerBank');

async function usccRule(_: unknown, value?: string): Promise<void> {
  if (value && !checkUscc(value.trim().toUpperCase()).valid) throw new Error('统一社会信用代码不正确，请核对');
}
