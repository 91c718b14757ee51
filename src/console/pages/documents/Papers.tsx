import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { PaperLink } from './PaperLink.tsx';

/** 单据: the papers of one thing, e.g. of `filing:12`; looks again while one is still being drawn. */
export function Papers({ subject }: { subject: string }) {
  const question = () => ask(api.documents.$get({ query: { subject, limit: '50' } }));
  const { data, error } = useAsk(['documents', subject], question);
  const waiting = data?.items.some(({ ready }) => !ready) ?? false;
  useAsk(['documents', subject], question, { refetchInterval: 2000, enabled: waiting });
  if (error) return <ProblemAlert error={error} />;
  if (!data || data.items.length === 0) return null;
  return (
    <section aria-label="单据">
      <h2>单据</h2>
      <ul className="papers">
        {data.items.map((paper) => (
          <li key={paper.id}>
            {paper.title}　<PaperLink {...paper} />　{paper.issuedOn}　验证码 {paper.verificationCode}
          </li>
        ))}
      </ul>
    </section>
  );
}
