import { App, Button, Dropdown, type MenuProps } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { useAct } from '../../parts/useAct.ts';
import { may, useMe } from '../../session.ts';
import type { User } from './Users.tsx';

type Act = 'disable' | 'enable' | 'unlock' | 'end-sessions' | 'reset-second-factor';

const ACTS: Record<Act, { label: string; done: string; confirm?: string }> = {
  disable: { label: '停用', done: '已停用，其登录已全部结束', confirm: '停用后此人立即退出并不能再登录，可以再恢复。' },
  enable: { label: '恢复', done: '已恢复' },
  unlock: { label: '解除锁定', done: '已解除锁定' },
  'end-sessions': { label: '结束全部登录', done: '已结束其全部登录' },
  'reset-second-factor': {
    label: '重置动态口令',
    done: '已重置，此人下次登录时须重新设置',
    confirm: '请先确认是本人提出。原有的动态口令与恢复码全部作废，不能恢复。',
  },
};

/** What an operator can do about a person's login. */
export function UserActs({ user }: { user: User }) {
  const me = useMe();
  const { modal, message } = App.useApp();
  const act = useAct((verb: Act) => ask(api.users[':id'][verb].$post({ param: { id: user.id } })), {
    refresh: ['users'],
  });
  const run = (verb: Act) =>
    act.mutate(verb, {
      onSuccess: () => void message.success(ACTS[verb].done),
      onError: (error) => modal.error({ title: '没有办成', content: error.message }),
    });
  const choose = (verb: Act) => {
    const { label, confirm } = ACTS[verb];
    if (confirm) modal.confirm({ title: `${label}「${user.name}」？`, content: confirm, onOk: () => run(verb) });
    else run(verb);
  };
  const item = (verb: Act, disabled = false) => ({
    key: verb,
    label: ACTS[verb].label,
    disabled,
    onClick: () => choose(verb),
  });
  const items: MenuProps['items'] = [
    ...(user.state === 'locked' ? [item('unlock')] : []),
    item('end-sessions', user.sessions === 0),
    item('reset-second-factor', !user.secondFactor),
    // Whoever disables themselves could not undo it.
    ...(user.state === 'disabled' ? [item('enable')] : [item('disable', user.id === me.id)]),
    ...(may(me, 'audit.read') ? [{ key: 'audit', label: <Link to={`/audit?actor=${user.id}`}>操作记录</Link> }] : []),
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button size="small" loading={act.isPending}>
        办理 ▾
      </Button>
    </Dropdown>
  );
}
