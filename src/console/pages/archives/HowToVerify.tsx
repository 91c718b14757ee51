import { Descriptions } from 'antd';
import { send } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';

interface Published {
  keys: { publicKey: string; since: string }[];
}

/** How an archive is verified, and the key to do it with: to be printed and kept outside. */
export function HowToVerify() {
  const { data, error, refetch } = useAsk(
    ['archives', 'key'],
    async () => (await send('/archive-key')).json() as Promise<Published>,
  );
  const keys = data?.keys ?? [];
  const key = keys.at(-1)?.publicKey;
  return (
    <section>
      <h2>怎样核验</h2>
      <p>取得本系统的源代码（只用到其中 verify 一个目录，需 Node.js 22，不需要数据库，也不需要本系统在运行），执行：</p>
      <pre className="hash" style={{ whiteSpace: 'pre-wrap' }}>
        npm run verify -- 档案.zip --key {key ?? '签名公钥'} --head 账套代码:凭证张数:散列值 --head audit:条数:散列值
      </pre>
      <p>
        --head
        填纸面所印的校验值，可填多个：各月结算单印有账簿校验，余额调节表还印有审计日志校验。即使有人连同数据库中的散列值一并重算，与纸面所印仍对不上。
        全部相符时显示“结论：全部相符”，否则逐条指出文件、行和凭证号。
      </p>
      <ProblemAlert error={error} retry={() => void refetch()} />
      {data && keys.length === 0 && <p>尚未配置签名密钥，请系统管理员设置 ARCHIVE_KEY。</p>}
      {keys.length > 0 && (
        <Descriptions
          size="small"
          bordered
          column={1}
          items={keys.toReversed().map(({ publicKey, since }, i) => ({
            key: publicKey,
            label: `${i === 0 ? '现用公钥' : '以前的公钥'}（自 ${since}）`,
            children: <code className="hash">{publicKey}</code>,
          }))}
        />
      )}
      {keys.length > 0 && <p className="hint">公钥亦见 /archive-key，任何人可以取得；请打印留存，与档案分开保管。</p>}
    </section>
  );
}
