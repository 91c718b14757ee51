import { api, ask } from '../../api.ts';
import { Reveal } from '../../parts/Reveal.tsx';

/** 法定代表人: masked; whoever may, sees the name after saying why. */
export function LegalRepresentative({ uscc, masked }: { uscc: string; masked: string | null }) {
  if (!masked) return '—';
  return (
    <Reveal
      masked={masked}
      label="查看全名"
      title="查看法定代表人姓名"
      example="例如：核对备案材料中的法定代表人"
      look={(reason) => ask(api.enterprises[':uscc'].reveal.$post({ param: { uscc }, json: { reason } }))}
      show={({ legalRepresentative }) => legalRepresentative}
    />
  );
}
