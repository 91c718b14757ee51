import { Cites } from '../../parts/Cites.tsx';
import { PaperUpload } from '../../parts/PaperUpload.tsx';
import type { HeldClause } from '../../parts/useClauses.ts';
import { usePaperUploads } from '../../parts/usePaperUploads.ts';
import type { Claim } from './types.ts';

/** Value of the clause 申请材料. */
export interface ChecklistRule {
  papers: { code: string; only?: 'guaranteed' }[];
}

/** 申请材料: each paper of the checklist with what was handed in, a place to drop files, and what was refused and why. */
export function Papers({ claim, rule }: { claim: Claim; rule: HeldClause<ChecklistRule> | undefined }) {
  const uploads = usePaperUploads(`claim:${claim.id}`, ['claims']);
  const lacking = claim.papers.filter(({ required, attachments }) => required && attachments.length === 0);
  const guaranteedOnly = new Set(rule?.value?.papers.filter(({ only }) => only).map(({ code }) => code));
  const shown = claim.papers.filter(({ required, attachments }) => required || attachments.length > 0);
  return (
    <section aria-label="申请材料">
      <h2>申请材料</h2>
      <p className="hint-line">
        {lacking.length > 0
          ? `还缺 ${lacking.length} 项：${lacking.map(({ label }) => label).join('、')}。`
          : '材料已齐全。'}
        PDF、JPEG、PNG、XLSX、DOCX 或 OFD，每份不超过 20 MB，一项可以有多份。
        <Cites cites={rule?.cites ?? []} />
      </p>
      <ul className="paper-list">
        {shown.map((paper) => (
          <PaperUpload
            key={paper.code}
            paper={paper}
            note={guaranteedOnly.has(paper.code) ? '有担保的提交' : undefined}
            refresh={['claims']}
            underway={uploads.underway.filter((one) => one.paper === paper.code)}
            onFile={(file) => uploads.add(paper.code, file)}
            onForget={uploads.forget}
          />
        ))}
      </ul>
      {shown.length < claim.papers.length && (
        <p className="hint-line">
          有担保的另附：
          {claim.papers
            .filter((paper) => !shown.includes(paper))
            .map(({ label }) => label)
            .join('、')}
          。该笔贷款没有担保，不必提交。
        </p>
      )}
    </section>
  );
}
