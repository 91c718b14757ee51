import { api, ask } from '../../api.ts';
import { Toned } from '../../parts/StateTag.tsx';
import type { Application } from '../../parts/subsidy/types.ts';
import { useAsk } from '../../parts/useAsk.ts';

/** 材料和文书: what was handed in, the promise as it was accepted, and what was issued. */
export function Files({ application: { id, papers, pledge, imported, continuesId } }: { application: Application }) {
  const { data } = useAsk(['documents', 'my'], () =>
    ask(api.documents.$get({ query: { sort: '-issuedOn', limit: '200' } })),
  );
  const own = new RegExp(`^subsidy:${id}(:|$)`);
  const issued = data?.items.filter(({ subject }) => own.test(subject)) ?? [];
  const handed = papers.filter(({ attachments }) => attachments.length > 0);
  return (
    <section className="files" aria-labelledby="files">
      <h2 id="files">材料和文书</h2>
      {issued.map(({ id: document, title, number, issuedOn, ready, voidedOn }) => (
        <div className="check" key={document}>
          <div className="said">
            {ready ? (
              <a href={`/api/v1/documents/${document}/pdf`} target="_blank" rel="noreferrer">
                {title}
              </a>
            ) : (
              <>{title}　正在生成，稍后刷新</>
            )}
            <div className="hint">
              {number}　{issuedOn}
              {voidedOn && <Toned tone="past">{voidedOn} 作废</Toned>}
            </div>
          </div>
        </div>
      ))}
      {handed.map(({ code, label, attachments }) => (
        <div className="check" key={code}>
          <div className="said">
            {label}
            <ul className="plain">
              {attachments.map((file) => (
                <li key={file.id}>
                  <a href={`/api/v1/attachments/${file.id}`}>{file.name}</a>
                  <span className="hint">　{file.uploadedOn} 上传</span>
                </li>
              ))}
            </ul>
          </div>
        </div>
      ))}
      {handed.length === 0 && <p className="hint-line">{noneOf(imported, continuesId)}</p>}
      {pledge && (
        <details>
          <summary>
            {pledge.title}
            {pledge.acceptedOn && `（${pledge.acceptedOn} 签订）`}
          </summary>
          <div className="pledge">
            {pledge.text.split('\n').map((line) => (
              <p key={line}>{line}</p>
            ))}
          </div>
        </details>
      )}
    </section>
  );
}

/** Why there are no papers here. */
function noneOf(imported: boolean, continuesId: string | null): string {
  if (continuesId) return '材料见原申请，不必重新上传。';
  return imported ? '本申请由主管部门按纸质材料登记，材料留存在主管部门。' : '还没有上传材料。';
}
