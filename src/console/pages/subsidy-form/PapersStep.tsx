import { LARGEST } from '../../../attachments/check.ts';
import { SUBSIDY_KINDS, type SubsidyKind } from '../../../policy/kinds/subsidy-line.ts';
import { OTHER_MATERIAL } from '../../../subsidies/materials.ts';
import { PaperUpload } from '../../parts/PaperUpload.tsx';
import type { Application, Paper } from '../../parts/subsidy/types.ts';
import { usePaperUploads } from '../../parts/usePaperUploads.ts';

const MB = 1024 * 1024;

/** 申报材料: each paper that the kinds of cost ask for, what was handed in, and what is missing first. */
export function PapersStep({ application: { id, papers } }: { application: Application }) {
  const uploads = usePaperUploads(`subsidyApplication:${id}`, ['subsidy-applications']);
  const wanted = papers.filter(({ answered }) => answered === null);
  const answered = papers.filter((paper) => paper.answered !== null);
  const lacking = wanted.filter((paper) => isNeeded(paper) && paper.attachments.length === 0);
  return (
    <section aria-labelledby="papers">
      <h2 id="papers">申报材料</h2>
      <p className="hint-line" role="status">
        {lacking.length > 0
          ? `还缺 ${lacking.length} 项：${lacking.map(({ label }) => label).join('、')}。`
          : '材料已齐全。'}
        手机可以直接拍照上传。PDF、JPEG、PNG、XLSX、DOCX 或 OFD，每份不超过 {LARGEST / MB} MB，一项可以有多份。
      </p>
      <ul className="paper-list">
        {wanted.map((paper) => (
          <PaperUpload
            key={paper.code}
            paper={{ ...paper, required: isNeeded(paper) }}
            note={noteOf(paper)}
            refresh={['subsidy-applications']}
            underway={uploads.underway.filter((one) => one.paper === paper.code)}
            onFile={(file) => uploads.add(paper.code, file)}
            onForget={uploads.forget}
          />
        ))}
      </ul>
      {answered.length > 0 && (
        <p className="hint-line">
          不必上传：{answered.map(({ label, answered: how }) => `${label}（${how}）`).join('、')}。
        </p>
      )}
    </section>
  );
}

/** What may be handed in besides is not asked for. */
const isNeeded = ({ code }: Paper): boolean => code !== OTHER_MATERIAL.code;

/** For which costs a paper is asked. */
const noteOf = ({ kinds }: Paper): string | undefined =>
  kinds.length > 0 ? kinds.map((kind) => SUBSIDY_KINDS[kind as SubsidyKind] ?? kind).join('、') : undefined;
