import { Alert, Button, Modal, Space } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useMe } from '../../session.ts';

/** 绑定码: made for an enterprise, shown once, printed as a letter to it. */
export function BindingCode({ uscc, name }: { uscc: string; name: string }) {
  const me = useMe();
  const [open, setOpen] = useState(false);
  const make = useAct(() => ask(api.enterprises[':uscc']['binding-codes'].$post({ param: { uscc } })));
  const close = () => {
    setOpen(false);
    make.reset();
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>发放绑定码</Button>
      <Modal
        title={make.data ? undefined : '发放绑定码'}
        open={open}
        onCancel={close}
        width={720}
        className="print-only"
        footer={
          make.data ? (
            <Space className="no-print">
              <Button onClick={close}>已交给企业，关闭</Button>
              <Button type="primary" onClick={() => window.print()}>
                打印告知函
              </Button>
            </Space>
          ) : (
            <>
              <Button onClick={close}>取消</Button>
              <Button type="primary" loading={make.isPending} onClick={() => make.mutate(undefined)}>
                生成绑定码
              </Button>
            </>
          )
        }
      >
        <ProblemAlert error={make.error} />
        {make.data ? (
          <Letter name={name} uscc={uscc} {...make.data} from={me.institution?.name ?? '科技主管部门'} on={me.today} />
        ) : (
          <p>
            企业经办人注册后填入绑定码即可代表「{name}
            」办理业务，不必再等审核。绑定码只显示一次，请当面交付，或寄送至企业注册地址。
          </p>
        )}
      </Modal>
    </>
  );
}

interface LetterProps {
  name: string;
  uscc: string;
  code: string;
  expiresAt: string;
  from: string;
  on: string;
}

function Letter({ name, uscc, code, expiresAt, from, on }: LetterProps) {
  return (
    <article className="letter">
      <Alert className="no-print" type="warning" showIcon title="关闭后不再显示，请先打印或抄录" />
      <h2>企业账号绑定告知函</h2>
      <p>
        {name}（{uscc}）：
      </p>
      <p>贵单位办理科技金融贷款项目线上业务的绑定码为：</p>
      <p className="code figure">{code}</p>
      <p>
        请经办人打开 {window.location.origin}/console/register
        ，以贵单位名义注册并登录，填入上述绑定码。绑定码只能使用一次，
        {` ${dayOf(expiresAt)} `}前有效；请勿转交他人。
      </p>
      <p>
        {from}
        <br />
        {on}
      </p>
    </article>
  );
}

const dayOf = (at: string) => new Date(at).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
