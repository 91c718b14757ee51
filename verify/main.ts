// `npm run verify -- 档案.zip… [--key 公钥] [--head 账套:笔数:散列值 …]`: verifies archives without the service and without a database, several of them also beside each
// other. Exit code 0 when all is well, 1 when something is not, 2 when it was asked wrongly or a file is none that can safely be opened.
import { parseArgs } from 'node:util';
import { type Verdict, verifyArchive } from './archive.ts';
import type { Finding, PrintedHead } from './report.ts';
import { openSource } from './source.ts';
import { verifyTogether } from './together.ts';

const USAGE =
  '用法：npm run verify -- 档案.zip… [--key 签名公钥] [--head 账套:笔数:散列值]…（审计链写作 audit:条数:散列值）';

function main(): number {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { head: { type: 'string', multiple: true }, key: { type: 'string' } },
  });
  if (positionals.length === 0) throw new Error(USAGE);
  const heads = (values.head ?? []).map(headOf);
  if (values.key && !/^[0-9a-fA-F]{64}$/.test(values.key)) throw new Error('--key 应为 64 位十六进制');
  const verdicts = positionals.map((path) => {
    const verdict = verifyArchive(openSource(path), { heads, publicKey: values.key });
    print(path, verdict, heads.length, values.key !== undefined);
    return verdict;
  });
  const { findings, unproven } = verifyTogether(verdicts);
  if (verdicts.length > 1) {
    console.log('各份之间');
    for (const finding of findings) console.log(worded(finding));
    console.log(findings.length === 0 ? '  结论：前后衔接' : `  结论：有 ${findings.length} 处不符`);
  }
  if (unproven > 0)
    console.log(`另有以前年度录入的政策资料 ${unproven} 条，其摘要在当年的档案中：请连同那些年度的档案一并核验`);
  return [...verdicts, { findings }].some((one) => one.findings.length > 0) ? 1 : 0;
}

/** A head as it is typed from paper: spaces within the hash do not matter. */
function headOf(typed: string): PrintedHead {
  const [, chain, count, hash] = /^([^:]+):(\d+):([0-9a-f]{64})$/.exec(typed.replace(/\s/g, '').toLowerCase()) ?? [];
  if (!chain || !count || !hash) throw new Error(`--head ${typed}：应为 账套:笔数:64 位十六进制散列值`);
  return { chain, count: Number(count), hash, from: '纸面所印', outside: true };
}

function print(path: string, { manifest, publicKey, findings }: Verdict, heads: number, keyGiven: boolean): void {
  const say = (text: string) => console.log(text);
  say(`${path}`);
  if (manifest) {
    const { bookName, book, year, asOf, ledger, audit, files } = manifest;
    say(`  ${bookName}（${book}）${year} 年度，截至 ${asOf}`);
    say(`  凭证第 ${ledger.from} 至 ${ledger.to} 号，末笔散列值 ${ledger.head}`);
    say(`  审计链第 ${audit.from} 至 ${audit.to} 条，末条散列值 ${audit.head}`);
    say(`  文件 ${files.length} 个，签名公钥 ${publicKey ?? '无'}`);
    if (!keyGiven) say('  未给出公钥（--key）：请将上列公钥与公布的或纸面留存的核对');
    if (heads === 0) say('  未给出纸面所印的校验值（--head）：自某处起整段重算散列值的改写，须凭纸面才能发现');
  }
  for (const finding of findings) say(worded(finding));
  say(findings.length === 0 ? '  结论：全部相符' : `  结论：有 ${findings.length} 处不符`);
}

const worded = ({ check, file, line, about, text }: Finding): string =>
  `  不符 [${check}] ${file}${line ? ` 第 ${line} 行` : ''}${about ? `：${about}` : ''}：${text}`;

try {
  process.exitCode = main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
